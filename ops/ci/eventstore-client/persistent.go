package main

import (
	"github.com/kurrent-io/KurrentDB-Client-Go/kurrentdb"
	"github.com/stretchr/testify/require"
)

var persistent = []check{
	{"manages a group of a stream", func(t *trial) { t.managesGroup(t.groupOfStream(t.newStream(1))) }},
	{"manages a group of $all", func(t *trial) { t.managesGroup(t.groupOfAll(newName())) }},
	{"acknowledges events of a stream", func(t *trial) {
		stream := t.newStream(3)
		t.acknowledges(t.groupOfStream(stream), stream)
	}},
	{"acknowledges events of $all", func(t *trial) {
		stream := t.newStream(3)
		t.acknowledges(t.groupOfAll(stream), stream)
	}},
	{"parks events of a stream, and has them replayed", func(t *trial) {
		stream := t.newStream(2)
		t.parks(t.groupOfStream(stream), stream)
	}},
	{"parks events of $all, and has them replayed", func(t *trial) {
		stream := t.newStream(2)
		t.parks(t.groupOfAll(stream), stream)
	}},
	{"has an event again that it refuses for a retry", func(t *trial) {
		group := t.groupOfStream(t.newStream(2))
		consumer := t.consume(group)
		defer consumer.Close()
		taken := t.takeFrom(consumer, 2)
		require.NoError(t, consumer.Nack("again", kurrentdb.NackActionRetry, taken[0].Event))
		again := t.takeFrom(consumer, 1)[0]
		require.Equal(t, taken[0].Event.Event.EventID, again.Event.Event.EventID)
		require.Equal(t, 1, again.RetryCount)
		require.NoError(t, consumer.Ack(taken[1].Event, again.Event))
		t.eventually(func() bool { return t.info(group).Stats.TotalInFlightMessages == 0 })
	}},
	{"has an event never again that it refuses for good", func(t *trial) {
		stream := t.newStream(1)
		group := t.groupOfStream(stream)
		consumer := t.consume(group)
		defer consumer.Close()
		require.NoError(t, consumer.Nack("never", kurrentdb.NackActionSkip, t.takeFrom(consumer, 1)[0].Event))
		t.append(stream, 1)
		require.Equal(t, []int{1}, revisions(resolved(t.takeFrom(consumer, 1))))
		require.Zero(t, t.info(group).Stats.ParkedMessagesCount)
	}},
	{"shares the events of a group among its consumers", func(t *trial) {
		stream := newName()
		group := t.groupOfStream(stream)
		first, second := t.consume(group), t.consume(group)
		defer first.Close()
		defer second.Close()
		require.Len(t, t.info(group).Connections, 2)
		t.append(stream, 4)
		require.Len(t, append(t.takeFrom(first, 2), t.takeFrom(second, 2)...), 4)
	}},
	{"is refused beyond the most consumers of a group", func(t *trial) {
		stream, settings := newName(), kurrentdb.SubscriptionSettingsDefault()
		settings.MaxSubscriberCount = 1
		group := t.groupOfStream(stream)
		require.NoError(t, group.update(settings))
		consumer := t.consume(group)
		defer consumer.Close()
		_, err := group.connect()
		t.fails(err, kurrentdb.ErrorCodeUnknown, "FailedPrecondition")
	}},
	{"is dropped when its group is deleted", func(t *trial) {
		group := t.groupOfStream(t.newStream(1))
		consumer := t.consume(group)
		defer consumer.Close()
		t.takeFrom(consumer, 1)
		require.NoError(t, group.delete())
		require.NotNil(t, consumer.Recv().SubscriptionDropped)
	}},
	{"restarts the groups", func(t *trial) {
		group := t.groupOfStream(t.newStream(1))
		options := kurrentdb.RestartPersistentSubscriptionSubsystemOptions{}
		require.NoError(t, t.client.RestartPersistentSubscriptionSubsystem(t, options))
		consumer := t.consume(group)
		defer consumer.Close()
		t.takeFrom(consumer, 1)
	}},
}

// managesGroup takes a group from update to deletion.
func (t *trial) managesGroup(group group) {
	settings := kurrentdb.SubscriptionSettingsDefault()
	t.fails(group.create(settings), kurrentdb.ErrorCodeResourceAlreadyExists, "")
	settings.MaxRetryCount, settings.ResolveLinkTos = 3, true
	settings.ConsumerStrategyName = kurrentdb.ConsumerStrategyPinned
	require.NoError(t, group.update(settings))
	info := t.info(group)
	require.Equal(t, group.source, info.EventSource)
	require.Equal(t, group.name, info.GroupName)
	require.EqualValues(t, 3, info.Settings.MaxRetryCount)
	require.True(t, info.Settings.ResolveLinkTos)
	require.Equal(t, kurrentdb.ConsumerStrategyPinned, info.Settings.ConsumerStrategyName)
	everywhere, err := t.client.ListAllPersistentSubscriptions(t, kurrentdb.ListPersistentSubscriptionsOptions{})
	require.NoError(t, err)
	require.Contains(t, names(everywhere), group.name)
	here, err := group.list()
	require.NoError(t, err)
	require.Equal(t, []string{group.name}, names(here))

	require.NoError(t, group.delete())
	t.fails(group.delete(), kurrentdb.ErrorCodeResourceNotFound, "")
	t.fails(group.update(settings), kurrentdb.ErrorCodeResourceNotFound, "")
	_, err = group.info()
	t.fails(err, kurrentdb.ErrorCodeResourceNotFound, "")
	_, err = group.list()
	t.fails(err, kurrentdb.ErrorCodeResourceNotFound, "")
	_, err = group.connect()
	t.fails(err, kurrentdb.ErrorCodeResourceNotFound, "")
}

// acknowledges asks that the stream's three events come once, also over another connection.
func (t *trial) acknowledges(group group, stream string) {
	consumer := t.consume(group)
	taken := resolved(t.takeFrom(consumer, 3))
	require.Equal(t, []int{0, 1, 2}, revisions(taken))
	require.NoError(t, consumer.Ack(taken...))
	t.eventually(func() bool { return t.info(group).Stats.TotalInFlightMessages == 0 })
	require.NoError(t, consumer.Close())
	t.append(stream, 1)
	consumer = t.consume(group)
	defer consumer.Close()
	next := t.takeFrom(consumer, 1)[0]
	require.EqualValues(t, 3, next.Event.Event.EventNumber)
	require.Zero(t, next.RetryCount)
	require.NoError(t, consumer.Ack(next.Event))
	require.NoError(t, group.delete())
}

// parks asks that the first of the stream's two events comes again once it is replayed, and only then.
func (t *trial) parks(group group, stream string) {
	consumer := t.consume(group)
	defer consumer.Close()
	taken := resolved(t.takeFrom(consumer, 2))
	require.NoError(t, consumer.Nack("later", kurrentdb.NackActionPark, taken[0]))
	require.NoError(t, consumer.Ack(taken[1]))
	t.eventually(func() bool { return t.info(group).Stats.ParkedMessagesCount == 1 })
	t.append(stream, 1)
	next := t.takeFrom(consumer, 1)[0]
	require.EqualValues(t, 2, next.Event.Event.EventNumber)
	require.NoError(t, consumer.Ack(next.Event))

	require.NoError(t, group.replay())
	again := t.takeFrom(consumer, 1)[0]
	require.Equal(t, taken[0].Event.EventID, again.Event.Event.EventID)
	require.NoError(t, consumer.Ack(again.Event))
	t.eventually(func() bool {
		stats := t.info(group).Stats
		return stats.ParkedMessagesCount == 0 && stats.TotalInFlightMessages == 0
	})
	require.NoError(t, group.delete())
}
