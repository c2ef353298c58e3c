package io.llmplatform.command.sso;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the provider says of a person; every value is of a stranger's making. */
record Claims(Map<String, ?> values) {
    private static final int LONGEST = 254;
    private static final int MOST_NAMES = 1_000;

    Optional<String> text(String name) {
        return values.get(name) instanceof String text && !text.isBlank() && text.length() <= LONGEST
                ? Optional.of(text)
                : Optional.empty();
    }

    boolean has(String path) {
        return at(path) != null;
    }

    /** One name, or a list of them. */
    List<String> names(String path) {
        var found = at(path);
        if (found instanceof String one) {
            return List.of(one);
        }
        var names = new ArrayList<String>();
        for (var each : found instanceof List<?> list ? list : List.of()) {
            if (each instanceof String name && names.size() < MOST_NAMES) {
                names.add(name);
            }
        }
        return names;
    }

    Claims and(Claims others) {
        var all = new HashMap<String, Object>(others.values);
        all.putAll(values);
        return new Claims(all);
    }

    /** As it is written, else through objects: names of claims may be URLs, with dots. */
    private @Nullable Object at(String path) {
        if (values.containsKey(path)) {
            return values.get(path);
        }
        Object here = values;
        for (var name : Stream.of(path.split("\\.", -1)).toList()) {
            here = here instanceof Map<?, ?> object ? object.get(name) : null;
            if (here == null) {
                return null;
            }
        }
        return here;
    }
}
