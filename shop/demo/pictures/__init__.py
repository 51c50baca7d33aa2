"""Pictures of the demo floor: composed from vendored drawings and own ones, never photographs."""
