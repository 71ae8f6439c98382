"""The built-in practice server: the plugNmeet API and a room page on this computer."""
