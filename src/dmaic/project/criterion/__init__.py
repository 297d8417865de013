"""What tollgates ask for, each judged on evidence."""
