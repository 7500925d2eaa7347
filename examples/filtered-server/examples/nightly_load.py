"""How this team writes a pipeline that loads at night."""

import flyte

env = flyte.TaskEnvironment(name="seed")


@env.task
async def add(a: int, b: int = 1) -> int:
    return a + b
