// Run by mongosh. Makes the server a replica set of one, where it is none, and waits until it can be written to.
const member = { _id: 0, host: 'mongodb:27017' };
const NOT_YET_INITIALIZED = 94;
try {
  rs.status();
} catch (error) {
  if (error.code !== NOT_YET_INITIALIZED) throw error;
  rs.initiate({ _id: 'rs0', members: [member] });
}
while (!db.hello().isWritablePrimary) sleep(200);
print('rs0 can be written to');
