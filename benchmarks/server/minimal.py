"""The least that a FastAPI app can do: the yardstick of the serving suite."""

from __future__ import annotations

from fastapi import FastAPI

app = FastAPI()


@app.get("/")
async def minimal() -> dict[str, bool]:
    return {"ok": True}
