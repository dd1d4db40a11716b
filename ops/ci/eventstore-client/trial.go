package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/kurrent-io/KurrentDB-Client-Go/kurrentdb"
	"github.com/stretchr/testify/require"
)

const (
	patience  = 10 * time.Second
	lookEvery = 5 * time.Millisecond
	all       = 1_000_000
)

// A trial is what a check is given: a client of its own, and a context that ends when it takes too long. It is what
// testify's assertions are called on.
type trial struct {
	context.Context
	client   *kurrentdb.Client
	url      string
	failures []string
}

// attempt returns what went wrong, or nil.
func attempt(check check, url string) *string {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	t := &trial{Context: ctx, url: url}
	done := make(chan struct{})
	// A goroutine of its own, which a failed assertion ends.
	go func() {
		defer close(done)
		defer func() {
			if fault := recover(); fault != nil {
				t.Errorf("panic: %v\n%s", fault, debug.Stack())
			}
		}()
		t.client = t.connect(url)
		defer t.client.Close()
		check.try(t)
	}()
	<-done
	if len(t.failures) == 0 {
		return nil
	}
	failure := strings.Join(t.failures, "\n")
	return &failure
}

func (t *trial) Errorf(format string, args ...any) {
	t.failures = append(t.failures, fmt.Sprintf(format, args...))
}

func (t *trial) FailNow() { runtime.Goexit() }

func (t *trial) connect(url string) *kurrentdb.Client {
	config, err := kurrentdb.ParseConnectionString(url)
	require.NoError(t, err)
	config.Logger = kurrentdb.NoopLogging()
	client, err := kurrentdb.NewClient(config)
	require.NoError(t, err)
	return client
}

// fails asks for the client's own code, and for a part of what the error says.
func (t *trial) fails(err error, code kurrentdb.ErrorCode, says string) {
	require.Error(t, err)
	var told *kurrentdb.Error
	require.True(t, errors.As(err, &told), "a raw error: %v", err)
	require.Equal(t, code, told.Code(), err.Error())
	require.ErrorContains(t, err, says)
}

// eventually waits until a server that takes its time says so.
func (t *trial) eventually(holds func() bool) {
	for !holds() {
		select {
		case <-t.Done():
			require.NoError(t, t.Err())
		case <-time.After(lookEvery):
		}
	}
}

func newName() string { return "trial-" + uuid.NewString() }

func newEvent() kurrentdb.EventData {
	return kurrentdb.EventData{
		EventID:     uuid.New(),
		EventType:   "TrialHeld",
		ContentType: kurrentdb.ContentTypeJson,
		Data:        []byte(`{"held":true}`),
	}
}

func newEvents(count int) []kurrentdb.EventData {
	events := make([]kurrentdb.EventData, count)
	for index := range events {
		events[index] = newEvent()
	}
	return events
}

func (t *trial) tryAppend(
	stream string, expected kurrentdb.StreamState, events ...kurrentdb.EventData,
) (*kurrentdb.WriteResult, error) {
	return t.client.AppendToStream(t, stream, kurrentdb.AppendToStreamOptions{StreamState: expected}, events...)
}

func (t *trial) append(stream string, count int) *kurrentdb.WriteResult {
	written, err := t.tryAppend(stream, kurrentdb.Any{}, newEvents(count)...)
	require.NoError(t, err)
	return written
}

// newStream holds this many events.
func (t *trial) newStream(count int) string {
	stream := newName()
	t.append(stream, count)
	return stream
}

// drain takes a read to its end.
func drain(stream *kurrentdb.ReadStream, err error) ([]*kurrentdb.ResolvedEvent, error) {
	if err != nil {
		return nil, err
	}
	defer stream.Close()
	var events []*kurrentdb.ResolvedEvent
	for {
		event, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return events, nil
		}
		if err != nil {
			return events, err
		}
		events = append(events, event)
	}
}

func (t *trial) tryRead(stream string, options kurrentdb.ReadStreamOptions, count uint64) ([]*kurrentdb.ResolvedEvent, error) {
	return drain(t.client.ReadStream(t, stream, options, count))
}

func (t *trial) read(stream string, options kurrentdb.ReadStreamOptions, count uint64) []*kurrentdb.ResolvedEvent {
	events, err := t.tryRead(stream, options, count)
	require.NoError(t, err)
	return events
}

func revisions(events []*kurrentdb.ResolvedEvent) []int {
	numbers := []int{}
	for _, event := range events {
		numbers = append(numbers, int(event.OriginalEvent().EventNumber))
	}
	return numbers
}

func places(events []*kurrentdb.ResolvedEvent) []string {
	texts := []string{}
	for _, event := range events {
		texts = append(texts, fmt.Sprintf("%d@%s", event.OriginalEvent().EventNumber, event.OriginalEvent().StreamID))
	}
	return texts
}
