package io.llmplatform.proxy.usage;

/**
 * The gateway's own guess where a provider reports no tokens: four Latin characters a token, Chinese, Japanese and Korean
 * characters about one each. Within some 20 % on prose; records say that it is a guess.
 */
public final class TokenEstimate {
    /** Internal unit, so that short pieces add up without rounding each: quarters of a token. */
    private static final int UNITS_PER_TOKEN = 4;

    /** What a chat format spends on a message besides its text. */
    private static final int UNITS_PER_MESSAGE = 4 * UNITS_PER_TOKEN;

    /** Where Chinese, Japanese and Korean begin. */
    private static final char WIDE = 0x2E80;

    private long units;

    public void text(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            units += unitsOf(text.charAt(i));
        }
    }

    public void text(char[] text, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            units += unitsOf(text[i]);
        }
    }

    /**
     * A string of a JSON text, by its bytes: not decoded, so an escape counts about as what it stands for.
     *
     * @param json in UTF-8; it may be broken
     * @param from behind the opening quote
     */
    public void jsonString(byte[] json, int from) {
        int i = from;
        while (i < json.length && json[i] != '"') {
            int lead = json[i] & 0xFF;
            if (lead == '\\') {
                boolean unicode = i + 2 < json.length && json[i + 1] == 'u';
                units += unicode && json[i + 2] != '0' ? UNITS_PER_TOKEN : 1;
                i += unicode ? 6 : 2;
            } else if (lead < 0x80) {
                units++;
                i++;
            } else if (lead < 0xE0) {
                units += unitsOf('\u0080');
                i += 2;
            } else if (lead < 0xF0) {
                boolean wide = lead > 0xE2 || (i + 1 < json.length && (json[i + 1] & 0xFF) >= 0xBA);
                units += unitsOf(wide ? WIDE : '\u0800');
                i += 3;
            } else {
                units += 2L * unitsOf(WIDE);
                i += 4;
            }
        }
    }

    public void message() {
        units += UNITS_PER_MESSAGE;
    }

    public void token() {
        units += UNITS_PER_TOKEN;
    }

    /** Rounded up: some text is at least one token. */
    public long tokens() {
        return (units + UNITS_PER_TOKEN - 1) / UNITS_PER_TOKEN;
    }

    public static long of(CharSequence text) {
        var estimate = new TokenEstimate();
        estimate.text(text);
        return estimate.tokens();
    }

    private static int unitsOf(char c) {
        if (c < 0x80) {
            return 1;
        }
        return c < WIDE ? 2 : 4;
    }
}
