package io.llmplatform.query.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The parameters of every GET as the contracts' {@code management.yaml} tells them, so that both cannot drift apart. */
@Component
public class ApiDocument {
    public static final String PREFIX = "/api/admin/v1";

    private final Map<String, Object> root;
    private final Map<String, List<ApiParameter>> parameters = new HashMap<>();

    ApiDocument() {
        this.root = load();
        map(root.get("paths")).forEach((path, item) -> {
            var get = map(item).get("get");
            if (get != null) {
                var all = new ArrayList<>(list(map(item).get("parameters")));
                all.addAll(list(map(get).get("parameters")));
                parameters.put(PREFIX + path, all.stream().map(this::parameter).toList());
            }
        });
    }

    /** Path templates of the GET operations, with the prefix. */
    public java.util.Set<String> paths() {
        return parameters.keySet();
    }

    List<ApiParameter> parameters(String pathTemplate) {
        return parameters.getOrDefault(pathTemplate, List.of());
    }

    /** Whether the operation takes the header of that name. */
    public boolean takesHeader(String pathTemplate, String name) {
        return parameters(pathTemplate).stream()
                .anyMatch(p -> p.in().equals("header") && p.name().equalsIgnoreCase(name));
    }

    private ApiParameter parameter(Object node) {
        var parameter = resolve(node);
        var schema = resolve(parameter.get("schema"));
        return new ApiParameter(
                Objects.toString(parameter.get("name")),
                Objects.toString(parameter.get("in")),
                Objects.toString(schema.get("type")),
                (String) schema.get("format"),
                list(schema.get("enum")).stream().map(Object::toString).toList(),
                (Integer) schema.get("minimum"),
                (Integer) schema.get("maximum"),
                (Integer) schema.get("maxLength"));
    }

    private Map<String, Object> resolve(@Nullable Object node) {
        var found = map(node);
        if (!(found.get("$ref") instanceof String reference)) {
            return found;
        }
        @Nullable Object target = root;
        for (var step : reference.substring(2).split("/", -1)) {
            target = map(target).get(step);
        }
        return resolve(target);
    }

    private static Map<String, Object> load() {
        try (var in = ApiDocument.class.getResourceAsStream("/openapi/management.yaml")) {
            return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(Objects.requireNonNull(in)));
        } catch (IOException e) {
            throw new UncheckedIOException("management.yaml", e);
        }
    }

    @SuppressWarnings("unchecked") // YAML maps of this document have text keys
    private static Map<String, Object> map(@Nullable Object node) {
        return node == null ? Map.of() : (Map<String, Object>) node;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(@Nullable Object node) {
        return node == null ? List.of() : (List<Object>) node;
    }
}
