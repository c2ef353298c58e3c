package io.llmplatform.proxy.upstream.mock;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What a person's words offer to fill a form with. Each number is given away once, in the order they were said. */
final class Hints {
    private static final int LOOKED_AT = 4_000;
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])-?\\d{1,15}(?:\\.\\d{1,6})?");
    private static final Pattern NAME = Pattern.compile("\\p{Lu}[\\p{L}\\p{M}'’-]*(?: \\p{Lu}[\\p{L}\\p{M}'’-]*){0,4}");

    private final String text;
    private final List<Double> numbers = new ArrayList<>();

    Hints(String text) {
        this.text = Words.first(text, LOOKED_AT);
        var found = NUMBER.matcher(this.text);
        while (found.find()) {
            numbers.add(Double.parseDouble(found.group()));
        }
    }

    String text() {
        return text;
    }

    /** The last word with a capital letter, with those before it that belong to it: "New York". */
    Optional<String> name() {
        return NAME.matcher(text).results().map(found -> found.group()).reduce((earlier, later) -> later);
    }

    OptionalDouble number(DoublePredicate fits) {
        for (int i = 0; i < numbers.size(); i++) {
            if (fits.test(numbers.get(i))) {
                return OptionalDouble.of(numbers.remove(i));
            }
        }
        return OptionalDouble.empty();
    }

    /** One that was said, else the first; another for every item of an array. */
    JsonNode choice(JsonNode values, int ordinal) {
        var said = text.toLowerCase(Locale.ROOT);
        if (ordinal == 0) {
            for (var value : values) {
                var option = value.asString("").toLowerCase(Locale.ROOT);
                if (option.length() > 1 && said.contains(option)) {
                    return value;
                }
            }
        }
        return values.get(ordinal % values.size());
    }
}
