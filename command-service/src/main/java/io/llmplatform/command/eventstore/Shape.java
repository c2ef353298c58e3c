package io.llmplatform.command.eventstore;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.axonframework.serialization.Revision;

/**
 * What a class holds, down to the last record, as a short text that is another one as soon as any of it is. What it does
 * not see is a handler that comes to mean something else with the same fields: then {@link Revision} of the aggregate
 * has to be raised.
 */
final class Shape {
    private static final String OURS = "io.llmplatform.";
    private static final int CHARACTERS = 16;

    private final Set<String> types = new TreeSet<>();
    private final Set<Type> seen = new HashSet<>();

    private Shape() {}

    static String of(Class<?> aggregate) {
        var shape = new Shape();
        shape.add(aggregate);
        var revision = aggregate.getAnnotation(Revision.class);
        return digest(String.join("\n", shape.types) + (revision == null ? "" : "\n" + revision.value()));
    }

    private void add(Type type) {
        if (!seen.add(type)) {
            return;
        }
        switch (type) {
            case ParameterizedType generic ->
                Arrays.stream(generic.getActualTypeArguments()).forEach(this::add);
            case Class<?> one when one.isEnum() -> types.add(one.getName() + Arrays.toString(one.getEnumConstants()));
            case Class<?> one
            when one.getName().startsWith(OURS) -> {
                var fields = Arrays.stream(one.getDeclaredFields())
                        .filter(field -> !Modifier.isStatic(field.getModifiers()))
                        .toList();
                types.add(fields.stream()
                        .map(field ->
                                field.getName() + ":" + field.getGenericType().getTypeName())
                        .sorted()
                        .collect(Collectors.joining(",", one.getName() + "{", "}")));
                fields.stream().map(Field::getGenericType).forEach(this::add);
            }
            default -> {}
        }
    }

    private static String digest(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
