//! An endpoint: credentials, signing, sending, retry and pacing; generic over operations.
