package main

import (
	"slices"

	"github.com/kurrent-io/KurrentDB-Client-Go/kurrentdb"
	"github.com/stretchr/testify/require"
)

var reading = []check{
	{"reads a stream both ways, from a revision and so many events", func(t *trial) {
		stream := t.newStream(5)
		for _, read := range []struct {
			from      kurrentdb.StreamPosition
			direction kurrentdb.Direction
			count     uint64
			expected  []int
		}{
			{kurrentdb.Start{}, kurrentdb.Forwards, all, []int{0, 1, 2, 3, 4}},
			{kurrentdb.End{}, kurrentdb.Backwards, all, []int{4, 3, 2, 1, 0}},
			{kurrentdb.Revision(2), kurrentdb.Forwards, all, []int{2, 3, 4}},
			{kurrentdb.Revision(2), kurrentdb.Backwards, all, []int{2, 1, 0}},
			{kurrentdb.Start{}, kurrentdb.Forwards, 2, []int{0, 1}},
			{kurrentdb.End{}, kurrentdb.Backwards, 2, []int{4, 3}},
			{kurrentdb.Revision(9), kurrentdb.Forwards, all, []int{}},
		} {
			options := kurrentdb.ReadStreamOptions{From: read.from, Direction: read.direction}
			require.Equal(t, read.expected, revisions(t.read(stream, options, read.count)))
		}
	}},
	{"reads a stream of many thousand events", func(t *trial) {
		stream, expected := newName(), []int{}
		for range 3 {
			t.append(stream, 3_000)
		}
		for revision := range 9_000 {
			expected = append(expected, revision)
		}
		require.Equal(t, expected, revisions(t.read(stream, kurrentdb.ReadStreamOptions{}, all)))
		backwards := kurrentdb.ReadStreamOptions{From: kurrentdb.End{}, Direction: kurrentdb.Backwards}
		slices.Reverse(expected)
		require.Equal(t, expected, revisions(t.read(stream, backwards, all)))
	}},
	{"finds no stream where none is", func(t *trial) {
		missing := newName()
		for _, direction := range []kurrentdb.Direction{kurrentdb.Forwards, kurrentdb.Backwards} {
			_, err := t.tryRead(missing, kurrentdb.ReadStreamOptions{Direction: direction}, all)
			t.fails(err, kurrentdb.ErrorCodeResourceNotFound, missing)
		}
	}},
	{"reads $all both ways, and from a position", func(t *trial) {
		start := t.append(newName(), 1)
		stream := t.newStream(3)
		from := kurrentdb.Position{Commit: start.CommitPosition, Prepare: start.PreparePosition}
		forwards := t.readAll(kurrentdb.ReadAllOptions{From: from}, all)
		require.Len(t, forwards, 4)
		require.Equal(t, []string{"0@" + stream, "1@" + stream, "2@" + stream}, places(forwards[1:]))
		backwards := t.readAll(kurrentdb.ReadAllOptions{From: kurrentdb.End{}, Direction: kurrentdb.Backwards}, 4)
		slices.Reverse(backwards)
		require.Equal(t, places(forwards), places(backwards))
		everything := t.readAll(kurrentdb.ReadAllOptions{From: kurrentdb.Start{}}, all)
		require.Equal(t, places(forwards), places(everything[len(everything)-4:]))
	}},
	{"resolves links", func(t *trial) {
		stream, links, link := t.newStream(2), newName(), newEvent()
		link.EventType, link.ContentType = "$>", kurrentdb.ContentTypeBinary
		link.Data = []byte("1@" + stream)
		_, err := t.tryAppend(links, kurrentdb.Any{}, link)
		require.NoError(t, err)
		resolved := t.read(links, kurrentdb.ReadStreamOptions{ResolveLinkTos: true}, all)
		require.Len(t, resolved, 1)
		require.Equal(t, stream, resolved[0].Event.StreamID)
		require.EqualValues(t, 1, resolved[0].Event.EventNumber)
		require.Equal(t, links, resolved[0].Link.StreamID)
	}},
}

func (t *trial) readAll(options kurrentdb.ReadAllOptions, count uint64) []*kurrentdb.ResolvedEvent {
	events, err := drain(t.client.ReadAll(t, options, count))
	require.NoError(t, err)
	return events
}
