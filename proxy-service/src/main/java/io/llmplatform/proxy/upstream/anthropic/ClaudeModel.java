package io.llmplatform.proxy.upstream.anthropic;

import java.util.regex.Pattern;

/**
 * How a model wants to be told to think. Up to 4.5 it takes a budget of tokens; from 4.6 on an effort (from 4.7 on a
 * budget is an error); from 5 on it thinks unless told otherwise. Read off the name; models of other makers that speak
 * this API know budgets.
 */
enum ClaudeModel {
    BUDGET,
    EFFORT,
    EFFORT_BY_DEFAULT;

    private static final Pattern VERSION = Pattern.compile("claude-[a-z]+-(\\d{1,2})(?:[-.](\\d{1,2})(?!\\d))?(?!\\d)");
    private static final Pattern NUMBER_FIRST = Pattern.compile("claude-\\d");

    static ClaudeModel of(String name) {
        if (!name.contains("claude") || NUMBER_FIRST.matcher(name).find()) {
            return BUDGET;
        }
        var version = VERSION.matcher(name);
        if (!version.find()) {
            return EFFORT_BY_DEFAULT;
        }
        int major = Integer.parseInt(version.group(1));
        int minor = version.group(2) == null ? 0 : Integer.parseInt(version.group(2));
        if (major >= 5) {
            return EFFORT_BY_DEFAULT;
        }
        return major == 4 && minor >= 6 ? EFFORT : BUDGET;
    }
}
