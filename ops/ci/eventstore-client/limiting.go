package main

import (
	"time"

	"github.com/kurrent-io/KurrentDB-Client-Go/kurrentdb"
	"github.com/stretchr/testify/require"
)

var limiting = []check{
	{"reads the stream metadata that it set", func(t *trial) {
		stream := t.newStream(1)
		metadata := kurrentdb.StreamMetadata{}
		metadata.SetMaxCount(10)
		metadata.SetMaxAge(time.Hour)
		metadata.SetTruncateBefore(1)
		metadata.SetCacheControl(time.Minute)
		acl := kurrentdb.Acl{}
		acl.AddReadRoles("$admins")
		metadata.SetAcl(acl)
		metadata.AddCustomProperty("by", "trial")
		t.setMetadata(stream, metadata)
		require.Equal(t, metadata, *t.metadata(stream))
	}},
	{"keeps the last events of a stream with a max count", func(t *trial) {
		stream := t.newStream(5)
		metadata := kurrentdb.StreamMetadata{}
		metadata.SetMaxCount(2)
		t.setMetadata(stream, metadata)
		require.Equal(t, []int{3, 4}, revisions(t.read(stream, kurrentdb.ReadStreamOptions{}, all)))
		t.append(stream, 1)
		require.Equal(t, []int{4, 5}, revisions(t.read(stream, kurrentdb.ReadStreamOptions{}, all)))
	}},
	{"keeps the events of a stream from truncate-before", func(t *trial) {
		stream := t.newStream(5)
		metadata := kurrentdb.StreamMetadata{}
		metadata.SetTruncateBefore(3)
		t.setMetadata(stream, metadata)
		require.Equal(t, []int{3, 4}, revisions(t.read(stream, kurrentdb.ReadStreamOptions{}, all)))
		backwards := kurrentdb.ReadStreamOptions{From: kurrentdb.End{}, Direction: kurrentdb.Backwards}
		require.Equal(t, []int{4, 3}, revisions(t.read(stream, backwards, all)))
	}},
}

func (t *trial) setMetadata(stream string, metadata kurrentdb.StreamMetadata) {
	_, err := t.client.SetStreamMetadata(t, stream, kurrentdb.AppendToStreamOptions{}, metadata)
	require.NoError(t, err)
}

func (t *trial) metadata(stream string) *kurrentdb.StreamMetadata {
	options := kurrentdb.ReadStreamOptions{From: kurrentdb.End{}, Direction: kurrentdb.Backwards}
	metadata, err := t.client.GetStreamMetadata(t, stream, options)
	require.NoError(t, err)
	return metadata
}
