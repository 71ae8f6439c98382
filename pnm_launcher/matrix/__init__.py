"""Matrix rooms: addresses, homeservers, accounts, and joining. Facts from the client-server specification v1.18."""
