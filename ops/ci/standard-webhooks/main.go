// Checks signed webhooks with the Go library of Standard Webhooks, and signs some with it.
//
// Reads one JSON object a line: {"secret", "body", "headers"}. Writes one a line: {"error": text or null, "signed": headers of the
// same body under the same secret, signed by the library now}.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

type question struct {
	Secret  string            `json:"secret"`
	Body    string            `json:"body"`
	Headers map[string]string `json:"headers"`
}

type answer struct {
	Error  *string           `json:"error"`
	Signed map[string]string `json:"signed,omitempty"`
}

func answerTo(asked question) answer {
	webhook, err := standardwebhooks.NewWebhook(asked.Secret)
	if err != nil {
		return failed(err)
	}
	headers := http.Header{}
	for name, value := range asked.Headers {
		headers.Set(name, value)
	}
	if err := webhook.Verify([]byte(asked.Body), headers); err != nil {
		return failed(err)
	}
	now := time.Now()
	signature, err := webhook.Sign("from-go", now, []byte(asked.Body))
	if err != nil {
		return failed(err)
	}
	return answer{Signed: map[string]string{
		"webhook-id":        "from-go",
		"webhook-timestamp": strconv.FormatInt(now.Unix(), 10),
		"webhook-signature": signature,
	}}
}

func failed(err error) answer {
	text := err.Error()
	return answer{Error: &text}
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1024*1024)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var asked question
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		if err := out.Encode(answerTo(asked)); err != nil {
			os.Exit(1)
		}
	}
}
