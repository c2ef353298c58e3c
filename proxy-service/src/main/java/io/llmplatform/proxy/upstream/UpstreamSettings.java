package io.llmplatform.proxy.upstream;

import java.time.Duration;

/**
 * @param firstByte from the call to the first byte of the answer's body
 * @param idle      between two pieces of it
 */
public record UpstreamSettings(Duration connect, Duration firstByte, Duration idle) {}
