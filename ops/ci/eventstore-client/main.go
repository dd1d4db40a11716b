// Command eventstore-client tries a server of EventStoreDB's protocol with the official Go client. It prints a line of JSON
// for each check: its name, and what went wrong or null.
package main

import (
	"encoding/json"
	"log"
	"os"
	"slices"
)

// A check is one behaviour of the server, named as a sentence.
type check struct {
	name string
	try  func(t *trial)
}

type outcome struct {
	Name  string  `json:"name"`
	Error *string `json:"error"`
}

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: eventstore-client esdb://<host>:<port>?tls=false")
	}
	lines := json.NewEncoder(os.Stdout)
	for _, check := range slices.Concat(connecting, appending, reading, subscribing, persistent, deleting, limiting) {
		if err := lines.Encode(outcome{check.name, attempt(check, os.Args[1])}); err != nil {
			log.Fatal(err)
		}
	}
}
