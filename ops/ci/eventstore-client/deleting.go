package main

import (
	"github.com/kurrent-io/KurrentDB-Client-Go/kurrentdb"
	"github.com/stretchr/testify/require"
)

var deleting = []check{
	{"deletes a stream, which then continues at its end", func(t *trial) {
		stream := t.newStream(3)
		deleted, err := t.client.DeleteStream(t, stream, kurrentdb.DeleteStreamOptions{StreamState: kurrentdb.Revision(2)})
		require.NoError(t, err)
		require.NotZero(t, deleted.Position.Commit)
		_, err = t.tryRead(stream, kurrentdb.ReadStreamOptions{}, all)
		t.fails(err, kurrentdb.ErrorCodeResourceNotFound, stream)
		written, err := t.tryAppend(stream, kurrentdb.NoStream{}, newEvents(2)...)
		require.NoError(t, err)
		require.EqualValues(t, 4, written.NextExpectedVersion)
		require.Equal(t, []int{3, 4}, revisions(t.read(stream, kurrentdb.ReadStreamOptions{}, all)))
	}},
	{"tells that a stream is deleted for good: read, append, delete, follow", func(t *trial) {
		stream := t.newStream(2)
		subscription := t.followStream(stream, kurrentdb.Start{})
		defer subscription.Close()
		t.take(subscription, 2)
		deleted, err := t.client.TombstoneStream(
			t, stream, kurrentdb.TombstoneStreamOptions{StreamState: kurrentdb.StreamExists{}})
		require.NoError(t, err)
		require.NotZero(t, deleted.Position.Commit)
		for _, direction := range []kurrentdb.Direction{kurrentdb.Forwards, kurrentdb.Backwards} {
			_, err = t.tryRead(stream, kurrentdb.ReadStreamOptions{Direction: direction}, all)
			t.fails(err, kurrentdb.ErrorCodeStreamDeleted, stream)
		}
		for _, expected := range []kurrentdb.StreamState{
			kurrentdb.Any{}, kurrentdb.NoStream{}, kurrentdb.StreamExists{}, kurrentdb.Revision(1),
		} {
			_, err = t.tryAppend(stream, expected, newEvents(3)...)
			t.fails(err, kurrentdb.ErrorCodeStreamDeleted, stream)
		}
		_, err = t.client.DeleteStream(t, stream, kurrentdb.DeleteStreamOptions{})
		t.fails(err, kurrentdb.ErrorCodeStreamDeleted, stream)
		_, err = t.client.TombstoneStream(t, stream, kurrentdb.TombstoneStreamOptions{})
		t.fails(err, kurrentdb.ErrorCodeStreamDeleted, stream)
		_, err = t.client.SubscribeToStream(t, stream, kurrentdb.SubscribeToStreamOptions{From: kurrentdb.Start{}})
		t.fails(err, kurrentdb.ErrorCodeStreamDeleted, stream)
		dropped := subscription.Recv()
		for dropped.SubscriptionDropped == nil {
			dropped = subscription.Recv()
		}
		require.ErrorContains(t, dropped.SubscriptionDropped.Error, "is deleted")
	}},
	{"deletes nothing by a wrong expected version", func(t *trial) {
		stream := t.newStream(2)
		_, err := t.client.DeleteStream(t, stream, kurrentdb.DeleteStreamOptions{StreamState: kurrentdb.Revision(0)})
		t.fails(err, kurrentdb.ErrorCodeUnknown, "FailedPrecondition")
		_, err = t.client.TombstoneStream(
			t, stream, kurrentdb.TombstoneStreamOptions{StreamState: kurrentdb.NoStream{}})
		t.fails(err, kurrentdb.ErrorCodeUnknown, "FailedPrecondition")
		require.Len(t, t.read(stream, kurrentdb.ReadStreamOptions{}, all), 2)
	}},
}
