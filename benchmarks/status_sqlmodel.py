"""The least that a program with SQLModel does: open the record and read one row.

python benchmarks/status_sqlmodel.py DATABASE
"""

from __future__ import annotations

import sys

from sqlmodel import Field, Session, SQLModel, create_engine, select


class Item(SQLModel, table=True):
    """One row of the record."""

    __tablename__ = "item"

    id: str = Field(primary_key=True)
    kind: str
    body: str


with Session(create_engine(f"sqlite:///{sys.argv[1]}")) as session:
    row = session.exec(select(Item).where(Item.kind == "project")).first()
    print(row.body if row else "no project")
