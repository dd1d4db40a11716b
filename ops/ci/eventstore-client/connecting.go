package main

import (
	"net/url"
	"strings"

	"github.com/kurrent-io/KurrentDB-Client-Go/kurrentdb"
	"github.com/kurrent-io/KurrentDB-Client-Go/protos/gossip"
	"github.com/stretchr/testify/require"
)

var connecting = []check{
	{"connects by discovery", func(t *trial) {
		t.works(strings.Replace(t.url, "esdb://", "esdb+discover://", 1))
	}},
	{"connects by the gossip of the first of several hosts that answers", func(t *trial) {
		host := t.host()
		t.works(strings.Replace(t.url, host, "127.0.0.1:1,"+host, 1))
	}},
	{"connects by the newer scheme, and with a user", func(t *trial) {
		t.works(strings.Replace(t.url, "esdb://", "kurrentdb://admin:changeit@", 1))
	}},
	{"finds a cluster of one leader", func(t *trial) {
		members, err := t.client.Gossip(t)
		require.NoError(t, err)
		require.Len(t, members, 1)
		require.Equal(t, gossip.MemberInfo_Leader, members[0].State)
		require.True(t, members[0].IsAlive)
	}},
	{"gets the server's version", func(t *trial) {
		version, err := t.client.GetServerVersion()
		require.NoError(t, err)
		require.Equal(t, kurrentdb.ServerVersion{Major: 23, Minor: 10, Patch: 8}, *version)
	}},
}

func (t *trial) host() string {
	parsed, err := url.Parse(t.url)
	require.NoError(t, err)
	return parsed.Host
}

func (t *trial) works(url string) {
	client := t.connect(url)
	defer client.Close()
	stream := newName()
	_, err := client.AppendToStream(t, stream, kurrentdb.AppendToStreamOptions{}, newEvent())
	require.NoError(t, err)
	events, err := drain(client.ReadStream(t, stream, kurrentdb.ReadStreamOptions{}, all))
	require.NoError(t, err)
	require.Len(t, events, 1)
}
