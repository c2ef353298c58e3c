package io.llmplatform.proxy.usage;

import com.knuddels.jtokkit.api.Encoding;
import org.jspecify.annotations.Nullable;

/** One running count of a {@link TokenCounter}. For one thread. */
public final class TokenCount {
    /** A beginning that is nothing like text (a page of blanks) must not make the rest look free, or unaffordable. */
    private static final double MIN_RATIO = 0.5;

    private static final double MAX_RATIO = 2;

    private final @Nullable Encoding encoding;
    private final TokenEstimate sampled = new TokenEstimate();
    private final TokenEstimate rest = new TokenEstimate();
    private final TokenEstimate formatting = new TokenEstimate();
    private int exactLeft = TokenCounter.EXACT_CHARS;
    private long exact;

    TokenCount(@Nullable Encoding encoding) {
        this.encoding = encoding;
    }

    public void text(String text) {
        int cut = encoding == null ? 0 : cut(text);
        if (cut > 0 && encoding != null) {
            var sample = text.substring(0, cut);
            exact += exactly(encoding, sample);
            sampled.text(sample);
            exactLeft -= cut;
        }
        if (cut < text.length()) {
            rest.text(text.subSequence(cut, text.length()));
        }
    }

    /** What a chat format spends on a message besides its text. */
    public void message() {
        formatting.message();
    }

    public long tokens() {
        long sample = sampled.tokens();
        double ratio = sample == 0 ? 1 : Math.clamp((double) exact / sample, MIN_RATIO, MAX_RATIO);
        return exact + Math.round(rest.tokens() * ratio) + formatting.tokens();
    }

    private static long exactly(Encoding encoding, String text) {
        long tokens = 0;
        int from = 0;
        int run = 0;
        for (int i = 1; i < text.length(); i++) {
            run = sort(text.charAt(i)) == sort(text.charAt(i - 1)) ? run + 1 : 0;
            if (run >= TokenCounter.LONGEST_WORD && !Character.isLowSurrogate(text.charAt(i))) {
                tokens += encoding.countTokensOrdinary(text.substring(from, i));
                from = i;
                run = 0;
            }
        }
        // Ordinary: special tokens such as <|endoftext|> are plain text when a caller writes them.
        return tokens + encoding.countTokensOrdinary(text.substring(from));
    }

    /** Letters, digits, blanks and the rest never share a token's word. */
    private static int sort(char c) {
        if (Character.isLetter(c)) {
            return 0;
        }
        if (Character.isDigit(c)) {
            return 1;
        }
        return Character.isWhitespace(c) ? 2 : 3;
    }

    /** Not between the halves of a surrogate pair. */
    private int cut(String text) {
        int cut = Math.min(text.length(), exactLeft);
        boolean splits = cut > 0 && cut < text.length() && Character.isHighSurrogate(text.charAt(cut - 1));
        return splits ? cut - 1 : cut;
    }
}
