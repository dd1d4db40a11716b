//! Tries a server of EventStoreDB's protocol with the official Rust client. It prints a line of JSON for each check: its name,
//! and what went wrong or null.

use kurrentdb::*;
use std::{env, future::Future, time::Duration};
use uuid::Uuid;

const PATIENCE: Duration = Duration::from_secs(10);

type Outcome = std::result::Result<(), Box<dyn std::error::Error>>;

macro_rules! require {
    ($holds:expr) => {
        if !$holds {
            return Err(format!("line {}: {}", line!(), stringify!($holds)).into());
        }
    };
}

macro_rules! require_error {
    ($call:expr, $error:pat) => {
        match $call {
            Err($error) => (),
            other => return Err(format!("line {}: {:?}", line!(), other.err()).into()),
        }
    };
}

fn new_name() -> String {
    format!("trial-{}", Uuid::new_v4())
}

fn new_events(count: usize) -> Vec<EventData> {
    let event = || EventData::json("TrialHeld", &serde_json::json!({ "held": true })).unwrap();
    (0..count).map(|_| event().id(Uuid::new_v4())).collect()
}

async fn append(client: &Client, stream: &str, expected: StreamState, events: Vec<EventData>) -> Result<u64> {
    let options = AppendToStreamOptions::default().stream_state(expected);
    let written = client.append_to_stream(stream, &options, events).await?;
    Ok(written.next_expected_version)
}

async fn new_stream(client: &Client, count: usize) -> Result<String> {
    let stream = new_name();
    append(client, &stream, StreamState::NoStream, new_events(count)).await?;
    Ok(stream)
}

async fn read(client: &Client, stream: &str, options: ReadStreamOptions) -> Result<Vec<ResolvedEvent>> {
    let mut events = client.read_stream(stream, &options).await?;
    let mut found = Vec::new();
    while let Some(event) = events.next().await? {
        found.push(event);
    }
    Ok(found)
}

async fn revisions(client: &Client, stream: &str, options: ReadStreamOptions) -> Result<Vec<u64>> {
    let events = read(client, stream, options).await?;
    Ok(events.iter().map(|event| event.get_original_event().revision).collect())
}

async fn appends_and_reads_back(client: Client) -> Outcome {
    let stream = new_name();
    let (text, bytes) = (Uuid::new_v4(), Uuid::new_v4());
    let events = vec![
        EventData::json("TrialHeld", &serde_json::json!({ "held": true }))?
            .metadata_as_json(&serde_json::json!({ "by": "trial" }))?
            .id(text),
        EventData::binary("TrialHeld", vec![0, 255, 1].into()).id(bytes),
    ];
    require!(append(&client, &stream, StreamState::NoStream, events).await? == 1);
    let read = read(&client, &stream, Default::default()).await?;
    let found: Vec<_> = read.iter().map(|event| event.get_original_event()).collect();
    require!(found.iter().map(|event| event.id).collect::<Vec<_>>() == [text, bytes]);
    require!(found.iter().map(|event| event.is_json).collect::<Vec<_>>() == [true, false]);
    require!(found[0].data[..] == *b"{\"held\":true}" && found[0].custom_metadata[..] == *b"{\"by\":\"trial\"}");
    require!(found[1].data[..] == [0, 255, 1] && found[1].stream_id() == stream);
    Ok(())
}

async fn expected_versions(client: Client) -> Outcome {
    let stream = new_name();
    let kinds = [StreamState::NoStream, StreamState::StreamExists, StreamState::StreamRevision(1), StreamState::Any];
    for (revision, expected) in kinds.into_iter().enumerate() {
        require!(append(&client, &stream, expected, new_events(1)).await? == revision as u64);
    }
    Ok(())
}

async fn wrong_expected_versions(client: Client) -> Outcome {
    let stream = new_stream(&client, 2).await?;
    for expected in [StreamState::NoStream, StreamState::StreamRevision(0), StreamState::StreamRevision(7)] {
        require_error!(
            append(&client, &stream, expected, new_events(1)).await,
            Error::WrongExpectedVersion { current: CurrentRevision::Current(1), .. }
        );
    }
    require_error!(
        append(&client, &new_name(), StreamState::StreamRevision(0), new_events(1)).await,
        Error::WrongExpectedVersion { current: CurrentRevision::NoStream, .. }
    );
    require!(revisions(&client, &stream, Default::default()).await? == [0, 1]);
    Ok(())
}

async fn same_ids_once(client: Client) -> Outcome {
    let (stream, events) = (new_name(), new_events(2));
    for _ in 0..2 {
        require!(append(&client, &stream, StreamState::NoStream, events.clone()).await? == 1);
    }
    require!(revisions(&client, &stream, Default::default()).await? == [0, 1]);
    Ok(())
}

async fn reads_both_ways(client: Client) -> Outcome {
    let stream = new_stream(&client, 5).await?;
    let options = ReadStreamOptions::default;
    require!(revisions(&client, &stream, options()).await? == [0, 1, 2, 3, 4]);
    let backwards = options().position(StreamPosition::End).backwards();
    require!(revisions(&client, &stream, backwards).await? == [4, 3, 2, 1, 0]);
    let part = options().position(StreamPosition::Position(1)).max_count(2);
    require!(revisions(&client, &stream, part).await? == [1, 2]);
    require_error!(read(&client, &new_name(), options()).await, Error::ResourceNotFound);
    Ok(())
}

async fn follows_a_stream(client: Client) -> Outcome {
    let stream = new_stream(&client, 2).await?;
    let options = SubscribeToStreamOptions::default().start_from(StreamPosition::Start);
    let mut subscription = client.subscribe_to_stream(stream.as_str(), &options).await;
    for revision in 0..3 {
        if revision == 2 {
            append(&client, &stream, StreamState::StreamRevision(1), new_events(1)).await?;
        }
        require!(subscription.next().await?.get_original_event().revision == revision);
    }
    Ok(())
}

async fn follows_all(client: Client) -> Outcome {
    let stream = new_stream(&client, 2).await?;
    let filter = SubscriptionFilter::on_stream_name().add_prefix(&stream);
    let options = SubscribeToAllOptions::default().position(StreamPosition::Start).filter(filter);
    let mut subscription = client.subscribe_to_all(&options).await;
    for revision in 0..3 {
        if revision == 2 {
            append(&client, &stream, StreamState::StreamRevision(1), new_events(1)).await?;
        }
        let event = subscription.next().await?;
        require!(event.get_original_event().stream_id() == stream);
        require!(event.get_original_event().revision == revision);
    }
    Ok(())
}

async fn group(client: Client) -> Outcome {
    let (stream, group) = (new_stream(&client, 2).await?, new_name());
    let options = PersistentSubscriptionOptions::default().start_from(StreamPosition::Start);
    client.create_persistent_subscription(stream.as_str(), &group, &options).await?;
    require_error!(
        client.create_persistent_subscription(stream.as_str(), &group, &options).await,
        Error::ResourceAlreadyExists
    );
    let mut consumer =
        client.subscribe_to_persistent_subscription(stream.as_str(), &group, &Default::default()).await?;
    let (first, second) = (consumer.next().await?, consumer.next().await?);
    consumer.ack(&first).await?;
    consumer.nack(&second, NakAction::Retry, "once more").await?;
    let again = consumer.next().await?;
    require!(again.get_original_event().id == second.get_original_event().id);
    consumer.ack(&again).await?;
    client.delete_persistent_subscription(stream.as_str(), &group, &Default::default()).await?;
    require_error!(
        client.delete_persistent_subscription(stream.as_str(), &group, &Default::default()).await,
        Error::ResourceNotFound
    );
    Ok(())
}

async fn deletes(client: Client) -> Outcome {
    let stream = new_stream(&client, 2).await?;
    let at = |revision| DeleteStreamOptions::default().stream_state(StreamState::StreamRevision(revision));
    require!(client.delete_stream(stream.as_str(), &at(0)).await.is_err());
    client.delete_stream(stream.as_str(), &at(1)).await?;
    require_error!(read(&client, &stream, Default::default()).await, Error::ResourceNotFound);
    require!(append(&client, &stream, StreamState::NoStream, new_events(1)).await? == 2);
    require!(revisions(&client, &stream, Default::default()).await? == [2]);
    Ok(())
}

async fn tombstones(client: Client) -> Outcome {
    let stream = new_stream(&client, 2).await?;
    let options = TombstoneStreamOptions::default().stream_state(StreamState::StreamRevision(1));
    client.tombstone_stream(stream.as_str(), &options).await?;
    require_error!(read(&client, &stream, Default::default()).await, Error::ResourceDeleted);
    require_error!(
        append(&client, &stream, StreamState::Any, new_events(1)).await,
        Error::ResourceDeleted
    );
    Ok(())
}

async fn report(name: &str, check: impl Future<Output = Outcome>) {
    let error = match tokio::time::timeout(PATIENCE, check).await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(error.to_string()),
        Err(_) => Some("it took too long".to_string()),
    };
    println!("{}", serde_json::json!({ "name": name, "error": error }));
}

#[tokio::main]
async fn main() -> Outcome {
    let url = env::args().nth(1).ok_or("usage: eventstore-rust esdb://<host>:<port>?tls=false")?;
    let client = Client::new(url.parse()?)?;
    let given = || client.clone();
    report("reads back what it appended, JSON and bytes", appends_and_reads_back(given())).await;
    report("appends by every kind of expected version", expected_versions(given())).await;
    report("is refused by a wrong expected version", wrong_expected_versions(given())).await;
    report("writes the same ids at the same expected version once", same_ids_once(given())).await;
    report("reads a stream both ways, from a revision and so many events", reads_both_ways(given())).await;
    report("follows a stream, what was and what comes", follows_a_stream(given())).await;
    report("follows $all filtered by stream names", follows_all(given())).await;
    report("acknowledges the events of a group, and has one again that it refuses for a retry", group(given())).await;
    report("deletes a stream, which then continues at its end", deletes(given())).await;
    report("gets the error that a stream is tombstoned: read, append", tombstones(given())).await;
    Ok(())
}
