#!/usr/bin/env python3
"""A shop and a carrier that are written as many public ones are: they read one byte of a frame's length.

Usage: client.py AMAZON_PORT UPS_PORT PARCELS

Brings so many parcels to the door in a new world, prints what it saw as one line of JSON, and ends with 0. Python's own
library only: the messages are read and written by hand.
"""

import json
import select
import socket
import sys
import time

RESEND_SECONDS = 0.2
GIVE_UP_SECONDS = 60
WAREHOUSE, TRUCK, PRODUCT = 1, 1, 5


def varint(value):
    out = bytearray()
    value &= (1 << 64) - 1
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def number(field, value):
    return varint(field << 3) + varint(int(value))


def block(field, content):
    content = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(content)) + content


def read_varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return (value - (1 << 64) if value >> 63 else value), at


def fields(data):
    """Every value of a message by its field's number: numbers, and the bytes of texts and of messages in it."""
    found, at = {}, 0
    while at < len(data):
        key, at = read_varint(data, at)
        if key & 7 == 0:
            value, at = read_varint(data, at)
        else:
            size, at = read_varint(data, at)
            value, at = data[at:at + size], at + size
        found.setdefault(key >> 3, []).append(value)
    return found


class Side:
    """One of the two connections. `sequence` names the fields of a response that hold elements, by their seqnum's field."""

    def __init__(self, port, sequence, acks_in, acks_out):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.sequence, self.acks_in, self.acks_out = sequence, acks_in, acks_out
        self.largest = 0
        self.next = 0
        self.unacked = {}
        self.seen = set()

    def write(self, message):
        self.socket.sendall(varint(len(message)) + message)

    def read(self):
        head = self.socket.recv(1)
        if not head:
            raise EOFError("the World hung up")
        size = head[0]
        if size & 0x80:
            raise IndexError("the length of a frame takes more than one byte")
        data = b""
        while len(data) < size:
            data += self.socket.recv(size - len(data))
        self.largest = max(self.largest, size)
        return fields(data)

    def send(self, build):
        """Sends a command until it is acknowledged. `build` is given its seqnum."""
        self.next += 1
        self.unacked[self.next] = (build(self.next), time.monotonic())
        self.write(self.unacked[self.next][0])

    def resend(self):
        now = time.monotonic()
        for seqnum, (message, at) in list(self.unacked.items()):
            if now - at >= RESEND_SECONDS:
                self.unacked[seqnum] = (message, now)
                self.write(message)

    def elements(self):
        """What a frame says, field by field, each element once."""
        response = self.read()
        for seqnum in response.get(self.acks_in, []):
            self.unacked.pop(seqnum, None)
        if sum(len(response.get(field, [])) for field in self.sequence) > 1:
            raise ValueError("a frame holds more than one element")
        for field, seqnum_field in sorted(self.sequence.items()):
            for content in response.get(field, []):
                element = fields(content)
                seqnum = element[seqnum_field][0]
                self.write(number(self.acks_out, seqnum))
                if seqnum not in self.seen:
                    self.seen.add(seqnum)
                    yield field, element


def connected(side):
    answer = side.read()
    if answer[2][0] != b"connected!":
        raise ValueError(answer[2][0].decode())
    return answer[1][0]


def things(count):
    return block(2, number(1, PRODUCT) + block(2, "a mug of the client's") + number(3, count))


class Courier:
    """Buys, packs, fetches, loads and delivers, each as soon as the World has answered the one before."""

    def __init__(self, amazon_port, ups_port, parcels):
        self.parcels = parcels
        self.amazon = Side(amazon_port, {1: 3, 2: 2, 3: 2, 5: 3, 7: 3}, 6, 7)
        self.amazon.write(block(2, number(1, WAREHOUSE) + number(2, 3) + number(3, -4)) + number(3, 1))
        world = connected(self.amazon)
        self.ups = Side(ups_port, {1: 5, 2: 3, 5: 5, 6: 3}, 4, 6)
        self.ups.write(number(1, world) + block(2, number(1, TRUCK) + number(2, 0) + number(3, 0)) + number(3, 0))
        connected(self.ups)
        self.packed, self.loaded, self.delivered = set(), set(), set()
        self.is_there = False
        self.statuses = []
        self.early = False
        self.amazon.send(
            lambda seqnum: block(1, number(1, WAREHOUSE) + things(parcels) + number(3, seqnum)))

    def shop_hears(self, field, element):
        if field == 1:
            for parcel in range(1, self.parcels + 1):
                self.amazon.send(lambda seqnum, parcel=parcel: block(
                    2, number(1, WAREHOUSE) + things(1) + number(3, parcel) + number(4, seqnum)))
            self.ups.send(lambda seqnum: block(1, number(1, TRUCK) + number(2, WAREHOUSE) + number(3, seqnum)))
        elif field == 2:
            self.packed.add(element[1][0])
            self.load()
        elif field == 3:
            self.loaded.add(element[1][0])
            if len(self.loaded) == self.parcels:
                packages = b"".join(
                    block(2, number(1, parcel) + number(2, 7) + number(3, -parcel)) for parcel in sorted(self.loaded))
                self.ups.send(lambda seqnum: block(2, number(1, TRUCK) + packages + number(3, seqnum)))
        elif field == 5:
            raise ValueError(element[1][0].decode())

    def load(self):
        if not self.is_there or len(self.packed) < self.parcels:
            return
        for parcel in sorted(self.packed):
            self.amazon.send(lambda seqnum, parcel=parcel: block(
                3, number(1, WAREHOUSE) + number(2, TRUCK) + number(3, parcel) + number(4, seqnum)))

    def carrier_hears(self, field, element):
        if field == 1:
            status = element[4][0].decode()
            self.statuses.append(status)
            if status == "ARRIVE WAREHOUSE":
                self.is_there = True
                self.load()
            elif status == "IDLE":
                self.early = len(self.delivered) < self.parcels
        elif field == 2:
            self.delivered.add(element[2][0])
        elif field == 6:
            raise ValueError(element[1][0].decode())

    def is_done(self):
        return len(self.delivered) == self.parcels and "IDLE" in self.statuses

    def run(self):
        deadline = time.monotonic() + GIVE_UP_SECONDS
        hears = {self.amazon: self.shop_hears, self.ups: self.carrier_hears}
        while not self.is_done():
            if time.monotonic() > deadline:
                raise TimeoutError("not all parcels came to the door; statuses: %s" % self.statuses)
            sides = {side.socket: side for side in hears}
            for ready in select.select(list(sides), [], [], RESEND_SECONDS / 4)[0]:
                for field, element in sides[ready].elements():
                    hears[sides[ready]](field, element)
            for side in hears:
                side.resend()
        return {
            "delivered": len(self.delivered),
            "statuses": self.statuses,
            "idleBeforeDelivered": self.early,
            "largestFrame": max(side.largest for side in hears),
        }


if __name__ == "__main__":
    print(json.dumps(Courier(*(int(argument) for argument in sys.argv[1:4])).run()))
