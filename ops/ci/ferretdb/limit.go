package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"time"
)

const (
	// FerretDB has a pool of 100 SQLite connections for each database. An update holds one while it waits for a second, and
	// the creation of a collection holds a lock of the whole server meanwhile, so 100 updates at once stop the server for good.
	// No request needs more than three connections.
	maxRequests = 32
	// A client that has waited for so long has ended its call, so its request is not done.
	maxWait = 10 * time.Second
	// The limit of MongoDB's protocol.
	maxMessageBytes = 48_000_000
)

// limitRequests passes the requests of the clients of listener on to a server, which answers each by one message, and at most
// maxRequests at a time. It returns when the listener is closed.
func limitRequests(listener net.Listener, server string) {
	slots := make(chan struct{}, maxRequests)
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		go passOn(client, server, slots)
	}
}

// passOn serves one client until it or the server closes the connection.
func passOn(client net.Conn, server string, slots chan struct{}) {
	defer client.Close()
	behind, err := net.Dial("unix", server)
	if err != nil {
		return
	}
	defer behind.Close()

	requests, answers := bufio.NewReader(client), bufio.NewReader(behind)
	for {
		request, err := readMessage(requests)
		if err != nil {
			return
		}
		select {
		case slots <- struct{}{}:
		case <-time.After(maxWait):
			return
		}
		answer, err := exchange(behind, answers, request)
		<-slots
		if err != nil {
			return
		}
		if _, err := client.Write(answer); err != nil {
			return
		}
	}
}

func exchange(server io.Writer, answers io.Reader, request []byte) ([]byte, error) {
	if _, err := server.Write(request); err != nil {
		return nil, err
	}
	return readMessage(answers)
}

// readMessage reads one message, which begins with its length in bytes, four bytes in little endian that count themselves.
func readMessage(from io.Reader) ([]byte, error) {
	var prefix [4]byte
	if _, err := io.ReadFull(from, prefix[:]); err != nil {
		return nil, err
	}
	length := binary.LittleEndian.Uint32(prefix[:])
	if length < 16 || length > maxMessageBytes {
		return nil, fmt.Errorf("a message of %d bytes", length)
	}
	message := make([]byte, length)
	copy(message, prefix[:])
	_, err := io.ReadFull(from, message[4:])
	return message, err
}
