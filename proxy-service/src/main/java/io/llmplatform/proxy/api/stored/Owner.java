package io.llmplatform.proxy.api.stored;

import org.jspecify.annotations.Nullable;

/**
 * Who asked for a response.
 *
 * @param userId   alone may see it again; the id of the team where one of its service keys asked
 * @param apiKeyId what it was asked with
 */
public record Owner(String userId, @Nullable String apiKeyId) {}
