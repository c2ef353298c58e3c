package io.llmplatform.proxy.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.llmplatform.contracts.personal.PersonSeal;
import org.jspecify.annotations.Nullable;

/**
 * Where a person calls from, as it may be kept: sealed to their key, which the gateway cannot open. A machine with a key of its
 * team is no person: its address stays as it is. What is sealed once is said again, for to seal takes longer than all else that is
 * done for a request.
 */
public final class SealedOrigin {
    /** Characters, of keys and values. */
    private static final long MOST = 4_000_000;

    private static final Cache<Origin, String> SEALED = Caffeine.newBuilder()
            .maximumWeight(MOST)
            .weigher((Origin origin, String sealed) -> origin.text.length() + sealed.length() + 100)
            .executor(Runnable::run)
            .build();

    private SealedOrigin() {}

    /** @return absent also for a person to whom nothing can be sealed (any more) */
    public static @Nullable String of(Caller caller, @Nullable String text) {
        if (text == null || caller.userId() == null) {
            return text;
        }
        var user = caller.user();
        var sealingKey = user == null ? null : user.sealingKey();
        return sealingKey == null
                ? null
                : SEALED.get(new Origin(sealingKey, text), origin -> PersonSeal.seal(origin.sealingKey, origin.text));
    }

    private record Origin(String sealingKey, String text) {}
}
