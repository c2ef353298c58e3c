package io.llmplatform.command.model;

import java.util.regex.Pattern;

/** What callers may write in {@code model}. */
final class ModelName {
    static final int LONGEST = 200;
    static final Pattern FORM = Pattern.compile("^[A-Za-z0-9][A-Za-z0-9._:/@-]*$");

    private ModelName() {}
}
