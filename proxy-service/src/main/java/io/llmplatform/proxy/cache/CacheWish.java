package io.llmplatform.proxy.cache;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a client says about the cache for one request.
 *
 * @param read   whether an answer from the cache will do
 * @param write  whether the answer may be kept
 * @param insist whether to take the request as deterministic, whatever its temperature
 */
public record CacheWish(boolean read, boolean write, boolean insist) {
    /** The request header, and that of the answer: {@code hit} or {@code miss}; absent when the cache had no part in it. */
    public static final String HEADER = "x-platform-cache";

    static final CacheWish NONE = new CacheWish(true, true, false);
    private static final CacheWish OFF = new CacheWish(false, false, false);

    /**
     * The stricter of the two headers wins.
     *
     * @param platform {@code on}: as if deterministic; {@code refresh}: likewise, but answered anew; {@code off}: neither
     *     read nor kept, and so is a word that we do not know: better no cache than one that was not wanted
     * @param cacheControl {@code no-store}: neither read nor kept; {@code no-cache} or {@code max-age=0}: answered anew, and kept; several headers joined by commas
     */
    public static CacheWish of(@Nullable String platform, @Nullable String cacheControl) {
        var wish = platform == null ? NONE : ofWord(platform.strip().toLowerCase(Locale.ROOT));
        if (cacheControl == null) {
            return wish;
        }
        for (var directive : cacheControl.split(",", -1)) {
            switch (directive.strip().toLowerCase(Locale.ROOT)) {
                case "no-store" -> wish = OFF;
                case "no-cache", "max-age=0" -> wish = new CacheWish(false, wish.write, wish.insist);
                default -> {}
            }
        }
        return wish;
    }

    private static CacheWish ofWord(String word) {
        return switch (word) {
            case "" -> NONE;
            case "on" -> new CacheWish(true, true, true);
            case "refresh" -> new CacheWish(false, true, true);
            default -> OFF;
        };
    }
}
