"""Trust in the record: undo, proof, backups, and a doctor that looks for trouble."""
