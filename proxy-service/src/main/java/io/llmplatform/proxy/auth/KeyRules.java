package io.llmplatform.proxy.auth;

import io.llmplatform.proxy.wire.ApiError;
import org.jspecify.annotations.Nullable;

/** What a key may be used for and from where. */
public final class KeyRules {
    private KeyRules() {}

    /**
     * @param endpoint such as {@code chat.completions}
     * @return null when it may pass
     */
    public static @Nullable ApiError check(Caller caller, String endpoint, @Nullable String ip) {
        if (!caller.mayComeFrom(ip)) {
            return ApiError.forbidden("ip_not_allowed", "This API key may not be used from this address.");
        }
        return caller.mayUse(endpoint)
                ? null
                : ApiError.forbidden("scope_missing", "This API key may not be used for " + endpoint + ".");
    }
}
