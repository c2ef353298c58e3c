package io.llmplatform.proxy.translate;

/**
 * Where an answer that has no id or date of its own takes them from.
 *
 * @param requestId such as {@code req_01k9…}
 * @param created   seconds since 1970
 */
public record Origin(String requestId, long created) {}
