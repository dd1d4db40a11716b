package main

import (
	"github.com/kurrent-io/KurrentDB-Client-Go/kurrentdb"
	"github.com/stretchr/testify/require"
)

type (
	settings = kurrentdb.PersistentSubscriptionSettings
	info     = kurrentdb.PersistentSubscriptionInfo
	consumer = kurrentdb.PersistentSubscription
)

// A group is a persistent subscription to a stream or to $all, for which the client has calls of different names.
type group struct {
	source, name   string
	create, update func(settings) error
	connect        func() (*consumer, error)
	info           func() (*info, error)
	list           func() ([]info, error)
	replay, delete func() error
}

// groupOfStream makes one that begins at the stream's start.
func (t *trial) groupOfStream(stream string) group {
	name := newName()
	options := func(settings settings) kurrentdb.PersistentStreamSubscriptionOptions {
		return kurrentdb.PersistentStreamSubscriptionOptions{Settings: &settings, StartFrom: kurrentdb.Start{}}
	}
	return t.created(group{
		source: stream,
		name:   name,
		create: func(settings settings) error {
			return t.client.CreatePersistentSubscription(t, stream, name, options(settings))
		},
		update: func(settings settings) error {
			return t.client.UpdatePersistentSubscription(t, stream, name, options(settings))
		},
		connect: func() (*consumer, error) {
			return t.client.SubscribeToPersistentSubscription(
				t, stream, name, kurrentdb.SubscribeToPersistentSubscriptionOptions{})
		},
		info: func() (*info, error) {
			return t.client.GetPersistentSubscriptionInfo(t, stream, name, kurrentdb.GetPersistentSubscriptionOptions{})
		},
		list: func() ([]info, error) {
			return t.client.ListPersistentSubscriptionsForStream(
				t, stream, kurrentdb.ListPersistentSubscriptionsOptions{})
		},
		replay: func() error {
			return t.client.ReplayParkedMessages(t, stream, name, kurrentdb.ReplayParkedMessagesOptions{})
		},
		delete: func() error {
			return t.client.DeletePersistentSubscription(
				t, stream, name, kurrentdb.DeletePersistentSubscriptionOptions{})
		},
	})
}

// groupOfAll makes one that begins at the start of $all and is given the events of one stream.
func (t *trial) groupOfAll(stream string) group {
	name := newName()
	options := func(settings settings) kurrentdb.PersistentAllSubscriptionOptions {
		filter := kurrentdb.SubscriptionFilter{Type: kurrentdb.StreamFilterType, Prefixes: []string{stream}}
		return kurrentdb.PersistentAllSubscriptionOptions{
			Settings: &settings, StartFrom: kurrentdb.Start{}, Filter: &filter,
		}
	}
	return t.created(group{
		source: "$all",
		name:   name,
		create: func(settings settings) error {
			return t.client.CreatePersistentSubscriptionToAll(t, name, options(settings))
		},
		update: func(settings settings) error {
			return t.client.UpdatePersistentSubscriptionToAll(t, name, options(settings))
		},
		connect: func() (*consumer, error) {
			return t.client.SubscribeToPersistentSubscriptionToAll(
				t, name, kurrentdb.SubscribeToPersistentSubscriptionOptions{})
		},
		info: func() (*info, error) {
			return t.client.GetPersistentSubscriptionInfoToAll(t, name, kurrentdb.GetPersistentSubscriptionOptions{})
		},
		list: func() ([]info, error) {
			return t.client.ListPersistentSubscriptionsToAll(t, kurrentdb.ListPersistentSubscriptionsOptions{})
		},
		replay: func() error {
			return t.client.ReplayParkedMessagesToAll(t, name, kurrentdb.ReplayParkedMessagesOptions{})
		},
		delete: func() error {
			return t.client.DeletePersistentSubscriptionToAll(t, name, kurrentdb.DeletePersistentSubscriptionOptions{})
		},
	})
}

func (t *trial) created(group group) group {
	require.NoError(t, group.create(kurrentdb.SubscriptionSettingsDefault()))
	return group
}

func (t *trial) consume(group group) *consumer {
	consumer, err := group.connect()
	require.NoError(t, err)
	return consumer
}

func (t *trial) info(group group) *info {
	info, err := group.info()
	require.NoError(t, err)
	return info
}

func (t *trial) takeFrom(consumer *consumer, count int) []*kurrentdb.EventAppeared {
	events := make([]*kurrentdb.EventAppeared, count)
	for index := range events {
		told := consumer.Recv()
		require.Nil(t, told.SubscriptionDropped)
		events[index] = told.EventAppeared
	}
	return events
}

func resolved(events []*kurrentdb.EventAppeared) []*kurrentdb.ResolvedEvent {
	inner := make([]*kurrentdb.ResolvedEvent, len(events))
	for index, event := range events {
		inner[index] = event.Event
	}
	return inner
}

func names(groups []info) []string {
	names := make([]string, len(groups))
	for index, group := range groups {
		names[index] = group.GroupName
	}
	return names
}
