package main

import (
	"regexp"

	"github.com/kurrent-io/KurrentDB-Client-Go/kurrentdb"
	"github.com/stretchr/testify/require"
)

var subscribing = []check{
	{"follows a stream from its start", func(t *trial) {
		stream := t.newStream(2)
		t.followsStream(stream, kurrentdb.Start{}, []int{0, 1, 2})
	}},
	{"follows a stream from after a revision", func(t *trial) {
		stream := t.newStream(3)
		t.followsStream(stream, kurrentdb.Revision(1), []int{2, 3})
	}},
	{"follows a stream from its end", func(t *trial) {
		stream := t.newStream(3)
		t.followsStream(stream, kurrentdb.End{}, []int{3})
	}},
	{"follows a stream that is not there yet", func(t *trial) {
		t.followsStream(newName(), kurrentdb.Start{}, []int{0})
	}},
	{"follows $all from after a position", func(t *trial) {
		start := t.append(newName(), 1)
		stream := t.newStream(2)
		from := kurrentdb.Position{Commit: start.CommitPosition, Prepare: start.PreparePosition}
		subscription := t.followAll(kurrentdb.SubscribeToAllOptions{From: from})
		defer subscription.Close()
		require.Equal(t, []string{"0@" + stream, "1@" + stream}, places(t.take(subscription, 2)))
		t.append(stream, 1)
		require.Equal(t, []string{"2@" + stream}, places(t.take(subscription, 1)))
	}},
	{"follows $all from its end", func(t *trial) {
		subscription := t.followAll(kurrentdb.SubscribeToAllOptions{From: kurrentdb.End{}})
		defer subscription.Close()
		stream := t.newStream(1)
		require.Equal(t, []string{"0@" + stream}, places(t.take(subscription, 1)))
	}},
	{"follows $all filtered by prefixes of stream names", func(t *trial) {
		stream, other := t.newStream(1), t.newStream(1)
		t.followsFiltered(stream, other, kurrentdb.SubscriptionFilter{
			Type: kurrentdb.StreamFilterType, Prefixes: []string{"none-", stream},
		})
	}},
	{"follows $all filtered by an expression for stream names", func(t *trial) {
		stream, other := t.newStream(1), t.newStream(1)
		t.followsFiltered(stream, other, kurrentdb.SubscriptionFilter{
			Type: kurrentdb.StreamFilterType, Regex: "^" + regexp.QuoteMeta(stream) + "$",
		})
	}},
	{"follows $all filtered by prefixes of event types", func(t *trial) {
		prefix := newName()
		filter := kurrentdb.SubscriptionFilter{Type: kurrentdb.EventFilterType, Prefixes: []string{"none-", prefix}}
		t.followsType(prefix+"Held", filter)
	}},
	{"follows $all filtered by an expression for event types", func(t *trial) {
		prefix := newName()
		expression := "^" + regexp.QuoteMeta(prefix) + `[A-Z]\w+$`
		filter := kurrentdb.SubscriptionFilter{Type: kurrentdb.EventFilterType, Regex: expression}
		t.followsType(prefix+"Held", filter)
	}},
	{"follows $all without system events", func(t *trial) {
		start := t.append(newName(), 1)
		stream := t.newStream(1)
		metadata := kurrentdb.StreamMetadata{}
		metadata.SetMaxCount(10)
		_, err := t.client.SetStreamMetadata(t, stream, kurrentdb.AppendToStreamOptions{}, metadata)
		require.NoError(t, err)
		t.append(stream, 1)
		subscription := t.followAll(kurrentdb.SubscribeToAllOptions{
			From:   kurrentdb.Position{Commit: start.CommitPosition, Prepare: start.PreparePosition},
			Filter: kurrentdb.ExcludeSystemEventsFilter(),
		})
		defer subscription.Close()
		require.Equal(t, []string{"0@" + stream, "1@" + stream}, places(t.take(subscription, 2)))
	}},
	{"gets the position of a filter by checkpoints", func(t *trial) {
		start := t.append(newName(), 1)
		written := t.append(newName(), 9)
		subscription := t.followAll(kurrentdb.SubscribeToAllOptions{
			From:               kurrentdb.Position{Commit: start.CommitPosition, Prepare: start.PreparePosition},
			Filter:             &kurrentdb.SubscriptionFilter{Type: kurrentdb.EventFilterType, Prefixes: []string{"None"}},
			MaxSearchWindow:    2,
			CheckpointInterval: 2,
		})
		defer subscription.Close()
		var reached []uint64
		for len(reached) == 0 || reached[len(reached)-1] < written.CommitPosition {
			told := subscription.Recv()
			require.Nil(t, told.EventAppeared)
			require.Nil(t, told.SubscriptionDropped)
			if told.CheckPointReached != nil {
				reached = append(reached, told.CheckPointReached.Commit)
			}
		}
		require.Len(t, reached, 3)
		require.IsIncreasing(t, reached)
	}},
	{"gets the position at which it has caught up", func(t *trial) {
		stream := newName()
		written := t.append(stream, 3)
		ofStream := t.followStream(stream, kurrentdb.Start{})
		defer ofStream.Close()
		t.take(ofStream, 3)
		caughtUp := ofStream.Recv().CaughtUp
		require.NotNil(t, caughtUp)
		require.NotNil(t, caughtUp.StreamRevision)
		require.EqualValues(t, 2, *caughtUp.StreamRevision)
		require.NotZero(t, caughtUp.Date)
		ofAll := t.followAll(kurrentdb.SubscribeToAllOptions{From: kurrentdb.End{}})
		defer ofAll.Close()
		caughtUp = ofAll.Recv().CaughtUp
		require.NotNil(t, caughtUp)
		require.NotNil(t, caughtUp.Position)
		require.Equal(t, written.CommitPosition, caughtUp.Position.Commit)
	}},
	{"drops a subscription that it closes", func(t *trial) {
		subscription := t.followStream(t.newStream(1), kurrentdb.Start{})
		t.take(subscription, 1)
		require.NotEmpty(t, subscription.Id())
		require.NoError(t, subscription.Close())
		require.NotNil(t, subscription.Recv().SubscriptionDropped)
	}},
}

func (t *trial) followStream(stream string, from kurrentdb.StreamPosition) *kurrentdb.Subscription {
	subscription, err := t.client.SubscribeToStream(t, stream, kurrentdb.SubscribeToStreamOptions{From: from})
	require.NoError(t, err)
	return subscription
}

func (t *trial) followAll(options kurrentdb.SubscribeToAllOptions) *kurrentdb.Subscription {
	subscription, err := t.client.SubscribeToAll(t, options)
	require.NoError(t, err)
	return subscription
}

// take takes the next so many events, and passes over whatever else it is told.
func (t *trial) take(subscription *kurrentdb.Subscription, count int) []*kurrentdb.ResolvedEvent {
	var events []*kurrentdb.ResolvedEvent
	for len(events) < count {
		told := subscription.Recv()
		require.Nil(t, told.SubscriptionDropped)
		if told.EventAppeared != nil {
			events = append(events, told.EventAppeared)
		}
	}
	return events
}

// followsStream asks for what was written before and for one event more.
func (t *trial) followsStream(stream string, from kurrentdb.StreamPosition, expected []int) {
	subscription := t.followStream(stream, from)
	defer subscription.Close()
	before := t.take(subscription, len(expected)-1)
	t.append(stream, 1)
	require.Equal(t, expected, revisions(append(before, t.take(subscription, 1)...)))
}

func (t *trial) followsFiltered(stream string, other string, filter kurrentdb.SubscriptionFilter) {
	subscription := t.followAll(kurrentdb.SubscribeToAllOptions{From: kurrentdb.Start{}, Filter: &filter})
	defer subscription.Close()
	require.Equal(t, []string{"0@" + stream}, places(t.take(subscription, 1)))
	t.append(other, 1)
	t.append(stream, 1)
	require.Equal(t, []string{"1@" + stream}, places(t.take(subscription, 1)))
}

func (t *trial) followsType(eventType string, filter kurrentdb.SubscriptionFilter) {
	stream := t.newStream(1)
	for range 2 {
		event := newEvent()
		event.EventType = eventType
		_, err := t.tryAppend(stream, kurrentdb.Any{}, event, newEvent())
		require.NoError(t, err)
	}
	subscription := t.followAll(kurrentdb.SubscribeToAllOptions{From: kurrentdb.Start{}, Filter: &filter})
	defer subscription.Close()
	require.Equal(t, []string{"1@" + stream, "3@" + stream}, places(t.take(subscription, 2)))
}
