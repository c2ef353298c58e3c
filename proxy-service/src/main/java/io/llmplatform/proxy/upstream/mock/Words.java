package io.llmplatform.proxy.upstream.mock;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Takes text apart, in scripts that put spaces between words and in Chinese, which does not. */
final class Words {
    private Words() {}

    /** In lower case; Chinese as overlapping pairs of characters, which comes near to words without a dictionary. */
    static List<String> of(String text) {
        var words = new ArrayList<String>();
        var run = new StringBuilder();
        boolean han = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (!Character.isLetterOrDigit(c) || (!run.isEmpty() && isHan(c) != han)) {
                flush(run, han, words);
            }
            if (Character.isLetterOrDigit(c)) {
                han = isHan(c);
                run.appendCodePoint(c);
            }
        }
        flush(run, han, words);
        return words;
    }

    static boolean isChinese(String text) {
        return text.codePoints().anyMatch(Words::isHan);
    }

    static boolean isHan(int codePoint) {
        return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
    }

    /** At most so many characters, none of them cut in two. */
    static String first(String text, int codePoints) {
        return text.codePointCount(0, text.length()) <= codePoints
                ? text
                : text.substring(0, text.offsetByCodePoints(0, codePoints));
    }

    /** On one line, shortened. */
    static String quote(String text, int codePoints) {
        var line = text.strip().replaceAll("\\s+", " ");
        var shown = first(line, codePoints);
        return shown.length() == line.length() ? line : shown + "…";
    }

    private static void flush(StringBuilder run, boolean han, List<String> words) {
        if (run.isEmpty()) {
            return;
        }
        if (han) {
            pairs(run.codePoints().toArray(), words);
        } else {
            words.add(run.toString().toLowerCase(Locale.ROOT));
        }
        run.setLength(0);
    }

    private static void pairs(int[] run, List<String> words) {
        if (run.length == 1) {
            words.add(Character.toString(run[0]));
        }
        for (int i = 1; i < run.length; i++) {
            words.add(new String(run, i - 1, 2));
        }
    }
}
