"""The least that a FastAPI app can do: the yardstick of the serving suite."""

from __future__ import annotations

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Program(BaseModel):
    """The same body as ours, of which nothing is made."""

    program: str


@app.get("/")
async def minimal() -> dict[str, bool]:
    return {"ok": True}


@app.post("/")
async def minimal_post(asked: Program) -> dict[str, bool]:
    return {"ok": True}
