"""Tries a server of EventStoreDB's protocol with the public Python client.

Prints a line of JSON for each check: its name, and what went wrong or null.
"""

import json
import sys
import time
import traceback
from uuid import uuid4

from kurrentdbclient import KurrentDBClient, NewEvent, StreamState
from kurrentdbclient.exceptions import (
    AlreadyExistsError,
    NotFoundError,
    StreamIsDeletedError,
    WrongCurrentVersionError,
)

PATIENCE_S = 10
LOOK_EVERY_S = 0.005

checks = []


def check(name):
    def add(attempt):
        checks.append((name, attempt))
        return attempt

    return add


def new_name():
    return f"trial-{uuid4()}"


def new_events(count):
    return [NewEvent(type="TrialHeld", data=b'{"held":true}') for _ in range(count)]


def new_stream(client, count):
    stream = new_name()
    client.append_to_stream(stream, current_version=StreamState.NO_STREAM, events=new_events(count))
    return stream


def fails(error, call):
    try:
        call()
    except error:
        return
    raise AssertionError(f"no {error.__name__}")


def eventually(holds):
    give_up_at = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < give_up_at, "it never came to hold"
        time.sleep(LOOK_EVERY_S)


def positions(events):
    return [event.stream_position for event in events]


def take(events, count):
    taken = []
    for event in events:
        taken.append(event)
        if len(taken) == count:
            break
    return taken


@check("reads back what it appended, JSON and bytes")
def _(client):
    stream = new_name()
    text = NewEvent(type="TrialHeld", data=b'{"held":true}', metadata=b'{"by":"trial"}')
    binary = NewEvent(type="TrialHeld", data=bytes([0, 255, 1]), content_type="application/octet-stream")
    client.append_to_stream(stream, current_version=StreamState.NO_STREAM, events=[text, binary])
    found = client.get_stream(stream)
    for sent, event in zip([text, binary], found, strict=True):
        assert (event.id, event.type, event.data) == (sent.id, sent.type, sent.data), event
        assert (event.metadata, event.content_type) == (sent.metadata, sent.content_type), event
    assert positions(found) == [0, 1]


@check("appends by every kind of expected version, alone and in a batch")
def _(client):
    stream = new_name()
    for version in (StreamState.NO_STREAM, StreamState.EXISTS, 1, StreamState.ANY):
        client.append_to_stream(stream, current_version=version, events=new_events(1))
    client.append_to_stream(stream, current_version=3, events=new_events(1)[0])
    assert client.get_current_version(stream) == 4


@check("is refused by a wrong expected version, alone and in a batch")
def _(client):
    stream = new_stream(client, 2)
    for events in (new_events(2), new_events(1)[0]):
        for version in (StreamState.NO_STREAM, 0, 7):
            fails(
                WrongCurrentVersionError,
                lambda: client.append_to_stream(stream, current_version=version, events=events),
            )
    assert client.get_current_version(stream) == 1


@check("writes the same ids at the same expected version once")
def _(client):
    stream, events = new_name(), new_events(2)
    for _ in range(2):
        client.append_to_stream(stream, current_version=StreamState.NO_STREAM, events=events)
    assert client.get_current_version(stream) == 1


@check("reads a stream both ways, from a revision and so many events")
def _(client):
    stream = new_stream(client, 5)
    assert positions(client.get_stream(stream)) == [0, 1, 2, 3, 4]
    assert positions(client.get_stream(stream, backwards=True)) == [4, 3, 2, 1, 0]
    assert positions(client.get_stream(stream, stream_position=1, limit=2)) == [1, 2]
    fails(NotFoundError, lambda: client.get_stream(new_name()))


@check("reads $all both ways, and with a filter")
def _(client):
    start = client.get_commit_position()
    stream = new_stream(client, 3)
    wanted = {"filter_include": [stream], "filter_by_stream_name": True}
    assert positions(client.read_all(commit_position=start, **wanted)) == [0, 1, 2]
    assert positions(client.read_all(backwards=True, limit=2, **wanted)) == [2, 1]


@check("follows a stream, what was and what comes")
def _(client):
    stream = new_stream(client, 2)
    with client.subscribe_to_stream(stream, timeout=PATIENCE_S) as subscription:
        assert positions(take(subscription, 2)) == [0, 1]
        client.append_to_stream(stream, current_version=1, events=new_events(1))
        assert positions(take(subscription, 1)) == [2]


@check("follows $all filtered by stream names")
def _(client):
    start = client.get_commit_position()
    stream = new_stream(client, 2)
    new_stream(client, 1)
    with client.subscribe_to_all(
        commit_position=start, filter_include=[stream], filter_by_stream_name=True, timeout=PATIENCE_S
    ) as subscription:
        assert positions(take(subscription, 2)) == [0, 1]
        client.append_to_stream(stream, current_version=1, events=new_events(1))
        assert positions(take(subscription, 1)) == [2]


@check("acknowledges the events of a group, and has one again that it refuses for a retry")
def _(client):
    stream, group = new_stream(client, 2), new_name()
    client.create_subscription_to_stream(group, stream)
    fails(AlreadyExistsError, lambda: client.create_subscription_to_stream(group, stream))
    with client.read_subscription_to_stream(group, stream, timeout=PATIENCE_S) as consumer:
        first, second = take(consumer, 2)
        consumer.ack(first)
        consumer.nack(second, "retry")
        (again,) = take(consumer, 1)
        assert again.id == second.id
        assert again.retry_count == 1
        consumer.ack(again)
    client.delete_subscription(group, stream)
    fails(NotFoundError, lambda: client.get_subscription_info(group, stream))


@check("parks an event of a group, and has it replayed")
def _(client):
    stream, group = new_stream(client, 1), new_name()
    client.create_subscription_to_stream(group, stream)
    with client.read_subscription_to_stream(group, stream, timeout=PATIENCE_S) as consumer:
        (event,) = take(consumer, 1)
        consumer.nack(event, "park")
        eventually(lambda: client.get_subscription_info(group, stream).parked_message_count == 1)
        client.replay_parked_events(group, stream)
        (replayed,) = take(consumer, 1)
        assert replayed.id == event.id
        consumer.ack(replayed)


@check("deletes a stream, which then continues at its end")
def _(client):
    stream = new_stream(client, 2)
    fails(WrongCurrentVersionError, lambda: client.delete_stream(stream, current_version=0))
    client.delete_stream(stream, current_version=1)
    fails(NotFoundError, lambda: client.get_stream(stream))
    client.append_to_stream(stream, current_version=StreamState.NO_STREAM, events=new_events(1))
    assert positions(client.get_stream(stream)) == [2]


@check("gets the error that a stream is tombstoned: read, append, delete")
def _(client):
    stream = new_stream(client, 2)
    client.tombstone_stream(stream, current_version=1)
    fails(StreamIsDeletedError, lambda: client.get_stream(stream))
    fails(
        StreamIsDeletedError,
        lambda: client.append_to_stream(stream, current_version=StreamState.ANY, events=new_events(2)),
    )
    fails(StreamIsDeletedError, lambda: client.delete_stream(stream, current_version=StreamState.ANY))


def attempt(url, call):
    try:
        with KurrentDBClient(url) as client:
            call(client)
    except Exception:
        return traceback.format_exc()
    return None


for name, call in checks:
    print(json.dumps({"name": name, "error": attempt(sys.argv[1], call)}), flush=True)
