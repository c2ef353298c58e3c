package io.llmplatform.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code --name value}, {@code --flag} and plain words. What nobody asked for by its name is an error, not ignored. */
public final class Arguments {
    private final Map<String, String> values = new HashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final List<String> words = new ArrayList<>();

    /** The command line was not usable; the message says what was expected. */
    public static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Unusable(String message) {
            super(message);
        }
    }

    private Arguments() {}

    static Arguments parse(List<String> args) {
        var parsed = new Arguments();
        for (int i = 0; i < args.size(); i++) {
            var word = args.get(i);
            if (!word.startsWith("--")) {
                parsed.words.add(word);
            } else if (i + 1 < args.size() && !args.get(i + 1).startsWith("--")) {
                parsed.values.put(word, args.get(++i));
            } else {
                parsed.values.put(word, "");
            }
        }
        return parsed;
    }

    /** The value of an option. */
    public String text(String name, String otherwise) {
        asked.add(name);
        return values.getOrDefault(name, otherwise);
    }

    /** Values separated by commas; none when the option is absent. */
    public List<String> list(String name) {
        var text = text(name, "");
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }

    /** @throws Unusable when the value is not a positive number */
    public int number(String name, int otherwise) {
        var text = text(name, Integer.toString(otherwise));
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new Unusable(name + ": expected a positive number, got '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    /** Whether an option that takes no value is there. */
    public boolean flag(String name) {
        asked.add(name);
        return values.containsKey(name);
    }

    /** The only plain word. */
    public String word(String what) {
        if (words.size() != 1) {
            throw new Unusable("expected one " + what + ", got " + words);
        }
        return words.getFirst();
    }

    /** To be called once everything known was asked for. */
    public void refuseOthers() {
        for (var name : values.keySet()) {
            if (!asked.contains(name)) {
                throw new Unusable("unknown option " + name + ", known: "
                        + asked.stream().sorted().toList());
            }
        }
    }
}
