package io.llmplatform.contracts.usage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The id of a request as 16 bytes, which sort as the ids do. One that a gateway made ({@code req_} and a ULID) can be read back from
 * them; of any other they are a hash, and the id has to be kept beside.
 */
public final class RequestKey {
    private static final String PREFIX = "req_";
    private static final int DIGITS = 26;
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final byte[] VALUES = new byte[128];

    static {
        java.util.Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            VALUES[ALPHABET.charAt(i)] = (byte) i;
        }
    }

    private RequestKey() {}

    public static UUID of(String requestId) {
        return readable(requestId) ? decoded(requestId) : hashed(requestId);
    }

    /** Whether {@link #read} gives this id back. */
    public static boolean readable(String requestId) {
        if (requestId.length() != PREFIX.length() + DIGITS
                || !requestId.startsWith(PREFIX)
                || requestId.charAt(PREFIX.length()) > '7') {
            return false;
        }
        for (int i = PREFIX.length(); i < requestId.length(); i++) {
            char c = requestId.charAt(i);
            if (c >= VALUES.length || VALUES[c] < 0) {
                return false;
            }
        }
        return true;
    }

    /** The id, if it is one that can be read back. */
    public static String read(UUID key) {
        long high = key.getMostSignificantBits();
        long low = key.getLeastSignificantBits();
        var id = new char[PREFIX.length() + DIGITS];
        PREFIX.getChars(0, PREFIX.length(), id, 0);
        for (int i = id.length - 1; i >= PREFIX.length(); i--) {
            id[i] = ALPHABET.charAt((int) (low & 31));
            low = low >>> 5 | high << 59;
            high >>>= 5;
        }
        return new String(id);
    }

    private static UUID decoded(String requestId) {
        long high = 0;
        long low = 0;
        for (int i = PREFIX.length(); i < requestId.length(); i++) {
            high = high << 5 | low >>> 59;
            low = low << 5 | VALUES[requestId.charAt(i)];
        }
        return new UUID(high, low);
    }

    private static UUID hashed(String requestId) {
        try {
            var hash = ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(requestId.getBytes(StandardCharsets.UTF_8)));
            return new UUID(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
