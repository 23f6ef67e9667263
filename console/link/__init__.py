"""The messages between the engine and its faces, and the socket that carries them."""
