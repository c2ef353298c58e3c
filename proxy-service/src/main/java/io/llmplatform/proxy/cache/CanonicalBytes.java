package io.llmplatform.proxy.cache;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A growing run of bytes in which each document has one form, and each form one document: texts are UTF-8 (a lone
 * surrogate counts as a character) and end with 0xFF, which UTF-8 has not.
 */
final class CanonicalBytes {
    private static final byte END = (byte) 0xFF;

    private byte[] bytes;
    private int size;

    CanonicalBytes(int capacity) {
        this.bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    void mark(char kind) {
        room(1);
        bytes[size++] = (byte) kind;
    }

    void text(String text) {
        text(text.toCharArray(), 0, text.length());
    }

    void text(char[] chars, int offset, int length) {
        mark('"');
        put(chars, offset, length);
    }

    void number(String asWritten) {
        mark('#');
        put(asWritten.toCharArray(), 0, asWritten.length());
    }

    private void put(char[] chars, int offset, int length) {
        room(3 * length + 1);
        for (int i = offset; i < offset + length; i++) {
            char c = chars[i];
            if (c < 0x80) {
                bytes[size++] = (byte) c;
            } else if (c < 0x800) {
                bytes[size++] = (byte) (0xC0 | c >> 6);
                bytes[size++] = (byte) (0x80 | c & 0x3F);
            } else {
                bytes[size++] = (byte) (0xE0 | c >> 12);
                bytes[size++] = (byte) (0x80 | c >> 6 & 0x3F);
                bytes[size++] = (byte) (0x80 | c & 0x3F);
            }
        }
        bytes[size++] = END;
    }

    void digest(MessageDigest digest) {
        digest.update(bytes, 0, size);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }

    /** Where the members of one object stand. */
    static final class Members {
        private final List<Member> members = new ArrayList<>();

        /** @param from offset of its name, which ends at {@code nameTo}; its value ends at {@code to} */
        void add(int from, int nameTo, int to) {
            members.add(new Member(from, nameTo, to));
        }

        /**
         * Brings them, as they stand from start to the end, into the order of their names.
         *
         * @return false when a name is there twice
         */
        boolean sortIn(CanonicalBytes out, int start) {
            var bytes = out.bytes;
            var sorted = new ArrayList<>(members);
            sorted.sort((a, b) -> a.compareNames(b, bytes));
            for (int i = 1; i < sorted.size(); i++) {
                if (sorted.get(i - 1).compareNames(sorted.get(i), bytes) == 0) {
                    return false;
                }
            }
            if (!sorted.equals(members)) {
                var unsorted = Arrays.copyOfRange(bytes, start, out.size);
                int at = start;
                for (var member : sorted) {
                    int length = member.to - member.from;
                    System.arraycopy(unsorted, member.from - start, bytes, at, length);
                    at += length;
                }
            }
            return true;
        }
    }

    private record Member(int from, int nameTo, int to) {
        int compareNames(Member other, byte[] bytes) {
            return Arrays.compareUnsigned(bytes, from, nameTo, bytes, other.from, other.nameTo);
        }
    }
}
