package io.llmplatform.projections.search;

/**
 * @param version external: a document of a lower or equal version never replaces one
 * @param body    JSON without line breaks
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SearchDocument(String id, long version, byte[] body) {}
