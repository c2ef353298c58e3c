package io.llmplatform.projections.runtime;

import java.math.BigInteger;

/**
 * What a part of a build holds, for comparing.
 *
 * @param count    of rows or documents
 * @param checksum of all of them, in whatever order
 */
public record Tally(long count, BigInteger checksum) {}
