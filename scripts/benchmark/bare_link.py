"""The baseline of `pnm-launcher link`: signs and posts the one call with requests, and prints the link."""

import hashlib
import hmac
import json
import sys

import requests

address, key, room, user = sys.argv[1:]
secret = sys.stdin.readline().strip()
body = json.dumps({"room_id": room, "user_info": {"name": user, "user_id": user, "is_admin": True}}).encode()
signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
headers = {"API-KEY": key, "HASH-SIGNATURE": signature, "Content-Type": "application/json"}
answer = requests.post(f"{address}/auth/room/getJoinToken", data=body, headers=headers, timeout=10)
print(f"{address}/?access_token={answer.json()['token']}")
