package io.llmplatform.proxy.upstream.mock;

import java.util.ArrayList;
import java.util.List;

/** Cuts text into pieces of about a token, never inside a character. */
final class Pieces {
    private static final int JSON_PIECE = 6;

    private Pieces() {}

    /** Words with the space before them; Chinese and the like by character. */
    static List<String> ofProse(String text) {
        var pieces = new ArrayList<String>();
        var piece = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean alone = c >= 0x2E80;
            if (!piece.isEmpty() && (alone || c == ' ' || piece.codePointBefore(piece.length()) >= 0x2E80)) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
            piece.appendCodePoint(c);
        });
        if (!piece.isEmpty()) {
            pieces.add(piece.toString());
        }
        return List.copyOf(pieces);
    }

    /** Without regard to words: JSON has few spaces. */
    static List<String> ofJson(String json) {
        var pieces = new ArrayList<String>();
        var rest = json;
        while (!rest.isEmpty()) {
            var piece = Words.first(rest, JSON_PIECE);
            pieces.add(piece);
            rest = rest.substring(piece.length());
        }
        return pieces;
    }
}
