package main

import (
	"sync"
	"time"

	"github.com/kurrent-io/KurrentDB-Client-Go/kurrentdb"
	"github.com/stretchr/testify/require"
)

const tooLarge = 1<<20 + 1

var appending = []check{
	{"reads back what it appended, JSON and bytes", func(t *trial) {
		stream := newName()
		text, bytes := newEvent(), newEvent()
		text.Metadata = []byte(`{"by":"trial"}`)
		bytes.ContentType, bytes.Data = kurrentdb.ContentTypeBinary, []byte{0, 255, 1}
		written, err := t.tryAppend(stream, kurrentdb.NoStream{}, text, bytes)
		require.NoError(t, err)
		require.EqualValues(t, 1, written.NextExpectedVersion)
		for index, event := range t.read(stream, kurrentdb.ReadStreamOptions{}, all) {
			expected := []kurrentdb.EventData{text, bytes}[index]
			found := event.Event
			require.Equal(t, expected.EventID, found.EventID)
			require.Equal(t, expected.EventType, found.EventType)
			require.Equal(t, expected.Data, found.Data)
			require.Equal(t, string(expected.Metadata), string(found.UserMetadata))
			require.Equal(t, []string{"application/json", "application/octet-stream"}[index], found.ContentType)
			require.Equal(t, stream, found.StreamID)
			require.EqualValues(t, index, found.EventNumber)
			require.WithinDuration(t, time.Now(), found.CreatedDate, time.Minute)
			require.LessOrEqual(t, found.Position.Commit, written.CommitPosition)
			require.NotZero(t, found.Position.Commit)
		}
	}},
	{"appends by every kind of expected version", func(t *trial) {
		stream := newName()
		for revision, expected := range []kurrentdb.StreamState{
			kurrentdb.NoStream{}, kurrentdb.StreamExists{}, kurrentdb.Revision(1), kurrentdb.Any{},
		} {
			written, err := t.tryAppend(stream, expected, newEvent())
			require.NoError(t, err)
			require.EqualValues(t, revision, written.NextExpectedVersion)
		}
	}},
	{"is refused by every kind of wrong expected version", func(t *trial) {
		stream, missing := t.newStream(2), newName()
		for _, wrong := range []struct {
			stream   string
			expected kurrentdb.StreamState
			says     string
		}{
			{stream, kurrentdb.NoStream{}, "expecting 'no_stream' but got '1'"},
			{stream, kurrentdb.Revision(0), "expecting '0' but got '1'"},
			{stream, kurrentdb.Revision(7), "expecting '7' but got '1'"},
			{missing, kurrentdb.StreamExists{}, "expecting 'stream_exists' but got 'no_stream'"},
			{missing, kurrentdb.Revision(0), "expecting '0' but got 'no_stream'"},
		} {
			_, err := t.tryAppend(wrong.stream, wrong.expected, newEvent())
			t.fails(err, kurrentdb.ErrorCodeWrongExpectedVersion, wrong.says)
		}
		require.Len(t, t.read(stream, kurrentdb.ReadStreamOptions{}, all), 2)
	}},
	{"writes the same ids at the same expected version once", func(t *trial) {
		stream, events := newName(), newEvents(2)
		for _, expected := range []kurrentdb.StreamState{kurrentdb.NoStream{}, kurrentdb.NoStream{}, kurrentdb.Any{}} {
			written, err := t.tryAppend(stream, expected, events...)
			require.NoError(t, err)
			require.EqualValues(t, 1, written.NextExpectedVersion)
		}
		require.Len(t, t.read(stream, kurrentdb.ReadStreamOptions{}, all), 2)
	}},
	{"has exactly one winner among concurrent appends", func(t *trial) {
		stream := t.newStream(1)
		errs := make([]error, 32)
		var writers sync.WaitGroup
		for index := range errs {
			writers.Add(1)
			go func() {
				defer writers.Done()
				_, errs[index] = t.tryAppend(stream, kurrentdb.Revision(0), newEvent())
			}()
		}
		writers.Wait()
		winners := 0
		for _, err := range errs {
			if err == nil {
				winners++
			} else {
				t.fails(err, kurrentdb.ErrorCodeWrongExpectedVersion, "expecting '0' but got '1'")
			}
		}
		require.Equal(t, 1, winners)
		require.Len(t, t.read(stream, kurrentdb.ReadStreamOptions{}, all), 2)
	}},
	{"is refused beyond the largest append", func(t *trial) {
		stream, large := newName(), newEvent()
		large.ContentType, large.Data = kurrentdb.ContentTypeBinary, make([]byte, tooLarge)
		_, err := t.tryAppend(stream, kurrentdb.Any{}, large)
		t.fails(err, kurrentdb.ErrorCodeUnknown, "InvalidArgument")
		_, err = t.tryRead(stream, kurrentdb.ReadStreamOptions{}, all)
		t.fails(err, kurrentdb.ErrorCodeResourceNotFound, stream)
	}},
}
