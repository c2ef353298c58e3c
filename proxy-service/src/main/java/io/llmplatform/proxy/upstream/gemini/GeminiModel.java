package io.llmplatform.proxy.upstream.gemini;

import java.util.regex.Pattern;

/**
 * What a model's name tells about its abilities.
 *
 * @param generation the number in the name; aliases such as {@code gemini-flash-latest} count as newest
 * @param name       without {@code models/}
 */
record GeminiModel(String name, int generation) {
    private static final Pattern NUMBERED = Pattern.compile("^gemini-(\\d{1,3})(?:[.-].*)?$");
    private static final int NEWEST = 1000;

    static GeminiModel of(String model) {
        var name = model.startsWith("models/") ? model.substring("models/".length()) : model;
        var numbered = NUMBERED.matcher(name);
        if (numbered.matches()) {
            return new GeminiModel(name, Integer.parseInt(numbered.group(1)));
        }
        return new GeminiModel(name, name.startsWith("gemini-") ? NEWEST : 0);
    }

    /** From generation 3 on thinking has levels in place of a budget. */
    boolean thinksInLevels() {
        return generation >= 3;
    }

    /** From generation 3 on a call without the signature it came with is an error. */
    boolean demandsSignatures() {
        return generation >= 3;
    }

    boolean alwaysThinks() {
        return thinksInLevels() || name.startsWith("gemini-2.5-pro");
    }

    boolean pro() {
        return name.contains("-pro");
    }

    /** The first one of its generation knew two levels only. */
    boolean firstPro() {
        return name.startsWith("gemini-3-pro");
    }
}
