package io.llmplatform.command.access;

import io.llmplatform.contracts.http.Role;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Every operation that this service has and the roles that may use it. What is not listed does not exist for anybody.
 * Where a member or a manager may act only on what is theirs, the feature narrows it further. {@code docs/PERMISSIONS.md}
 * is made from it.
 */
public enum Operation {
    LOGIN("POST", "/auth/login"),
    REFRESH("POST", "/auth/refresh"),
    JWKS("GET", "/auth/jwks"),
    LOGIN_METHODS("GET", "/auth/methods"),
    BEGIN_SINGLE_SIGN_ON("GET", "/auth/oidc/start"),
    FINISH_SINGLE_SIGN_ON("GET", "/auth/oidc/callback"),
    LOGOUT("POST", "/auth/logout", Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER),
    LIST_OWN_SESSIONS("GET", "/auth/sessions", Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER),
    END_OWN_SESSION("DELETE", "/auth/sessions/{id}", Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER),
    ME("GET", "/auth/me", Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER),
    CHANGE_OWN_PASSWORD("POST", "/auth/password", Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER),
    SECOND_FACTOR("GET", "/auth/second-factor", Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER),
    BEGIN_SECOND_FACTOR("POST", "/auth/second-factor", Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER),
    CONFIRM_SECOND_FACTOR("POST", "/auth/second-factor/confirm", Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER),
    REMOVE_OWN_SECOND_FACTOR("POST", "/auth/second-factor/remove", Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER),
    ACCEPT_INVITATION("POST", "/auth/invitations/accept"),

    CREATE_USER("POST", "/users", Role.ADMIN),
    EDIT_USER("PATCH", "/users/{id}", Role.ADMIN),
    DISABLE_USER("POST", "/users/{id}/disable", Role.ADMIN),
    ENABLE_USER("POST", "/users/{id}/enable", Role.ADMIN),
    RESET_PASSWORD("POST", "/users/{id}/password", Role.ADMIN),
    END_SESSIONS("POST", "/users/{id}/logout", Role.ADMIN),
    INVITE_USER("POST", "/users/{id}/invite", Role.ADMIN),
    REMOVE_SECOND_FACTOR("POST", "/users/{id}/second-factor/remove", Role.ADMIN),
    LINK_IDENTITY("POST", "/users/{id}/identity", Role.ADMIN),
    UNLINK_IDENTITY("DELETE", "/users/{id}/identity", Role.ADMIN),

    CREATE_TEAM("POST", "/teams", Role.ADMIN),
    EDIT_TEAM("PATCH", "/teams/{id}", Role.ADMIN),
    DISABLE_TEAM("POST", "/teams/{id}/disable", Role.ADMIN),
    ENABLE_TEAM("POST", "/teams/{id}/enable", Role.ADMIN),
    ADD_TEAM_MEMBER("POST", "/teams/{id}/members", Role.ADMIN),
    REMOVE_TEAM_MEMBER("DELETE", "/teams/{id}/members/{user_id}", Role.ADMIN),
    ADD_TEAM_MANAGER("POST", "/teams/{id}/managers", Role.ADMIN),
    REMOVE_TEAM_MANAGER("DELETE", "/teams/{id}/managers/{user_id}", Role.ADMIN),

    ISSUE_API_KEY("POST", "/api-keys", Role.ADMIN, Role.MANAGER, Role.MEMBER),
    EDIT_API_KEY("PATCH", "/api-keys/{id}", Role.ADMIN, Role.MANAGER, Role.MEMBER),
    DISABLE_API_KEY("POST", "/api-keys/{id}/disable", Role.ADMIN, Role.MANAGER, Role.MEMBER),
    ENABLE_API_KEY("POST", "/api-keys/{id}/enable", Role.ADMIN, Role.MANAGER, Role.MEMBER),
    ROTATE_API_KEY("POST", "/api-keys/{id}/rotate", Role.ADMIN, Role.MANAGER, Role.MEMBER),
    REVOKE_API_KEY("POST", "/api-keys/{id}/revoke", Role.ADMIN, Role.MANAGER, Role.MEMBER),

    CREATE_PROVIDER("POST", "/providers", Role.ADMIN),
    EDIT_PROVIDER("PATCH", "/providers/{id}", Role.ADMIN),
    DISABLE_PROVIDER("POST", "/providers/{id}/disable", Role.ADMIN),
    ENABLE_PROVIDER("POST", "/providers/{id}/enable", Role.ADMIN),

    CREATE_MODEL("POST", "/models", Role.ADMIN),
    EDIT_MODEL("PATCH", "/models/{id}", Role.ADMIN),
    DISABLE_MODEL("POST", "/models/{id}/disable", Role.ADMIN),
    ENABLE_MODEL("POST", "/models/{id}/enable", Role.ADMIN),

    ADD_PRICE("POST", "/prices", Role.ADMIN),
    CORRECT_PRICE("POST", "/prices/{id}/correct", Role.ADMIN),

    CHANGE_SETTINGS("PATCH", "/settings", Role.ADMIN),
    SAVE_SEARCH("POST", "/audit/searches", Role.ADMIN, Role.AUDITOR),
    FORGET_SEARCH("DELETE", "/audit/searches/{id}", Role.ADMIN, Role.AUDITOR),

    REWRAP_SECRETS("POST", "/secrets/rewrap", Role.ADMIN),

    REBUILD_PROJECTION("POST", "/projections/{name}/rebuild", Role.ADMIN),
    PAUSE_REBUILD("POST", "/projections/{name}/pause", Role.ADMIN),
    RESUME_REBUILD("POST", "/projections/{name}/resume", Role.ADMIN),
    CANCEL_REBUILD("POST", "/projections/{name}/cancel", Role.ADMIN),
    COMPARE_BUILDS("POST", "/projections/{name}/compare", Role.ADMIN),
    SWAP_BUILDS("POST", "/projections/{name}/swap", Role.ADMIN),
    ROLL_BACK_PROJECTION("POST", "/projections/{name}/rollback", Role.ADMIN),
    REDRIVE_PARKED("POST", "/projections/{name}/redrive", Role.ADMIN),
    DISCARD_PARKED("POST", "/projections/{name}/discard", Role.ADMIN),

    IMPORT_USERS("POST", "/imports/users", Role.ADMIN),
    IMPORT_API_KEYS("POST", "/imports/api-keys", Role.ADMIN),
    IMPORT_MODELS("POST", "/imports/models", Role.ADMIN);

    public static final String BASE = "/api/admin/v1";

    /** By name: what merely has no role is closed to everybody. */
    private static final Set<Operation> PUBLIC = EnumSet.of(
            LOGIN, REFRESH, JWKS, LOGIN_METHODS, BEGIN_SINGLE_SIGN_ON, FINISH_SINGLE_SIGN_ON, ACCEPT_INVITATION);

    private final String method;
    private final String path;
    private final Set<Role> roles;
    private final Pattern pattern;

    Operation(String method, String path, Role... roles) {
        this.method = method;
        this.path = path;
        this.roles = roles.length == 0 ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(List.of(roles));
        this.pattern = Pattern.compile(Pattern.quote(BASE + path).replaceAll("\\{[a-z_]+}", "\\\\E[^/]+\\\\Q"));
    }

    public static Optional<Operation> of(String method, String path) {
        return Arrays.stream(values())
                .filter(operation -> operation.method.equals(method) && operation.at(path))
                .findFirst();
    }

    /** Whether some operation of any method has that path. */
    public static boolean anyAt(String path) {
        return Arrays.stream(values()).anyMatch(operation -> operation.at(path));
    }

    private boolean at(String requestPath) {
        return pattern.matcher(requestPath).matches();
    }

    /** Needs no access token: what gives one, or tells how one is verified. */
    public boolean isPublic() {
        return PUBLIC.contains(this);
    }

    public boolean isAllowedFor(Role role) {
        return roles.contains(role);
    }

    public String method() {
        return method;
    }

    /** As in {@code management.yaml}. */
    public String path() {
        return path;
    }
}
