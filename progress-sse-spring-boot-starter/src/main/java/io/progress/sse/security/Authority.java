package io.progress.sse.security;

import java.security.Principal;
import java.util.function.Predicate;

import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.Authentication;

/**
 * Those whom Spring Security has granted an authority, by itself or by a role that
 * includes it.
 *
 * @param name the authority, such as {@code ROLE_ADMIN}
 * @param hierarchy which roles include which
 */
record Authority(String name, RoleHierarchy hierarchy) implements Predicate<Principal> {

	@Override
	public boolean test(Principal caller) {
		return caller instanceof Authentication authentication && authentication.isAuthenticated()
				&& this.hierarchy.getReachableGrantedAuthorities(authentication.getAuthorities())
					.stream()
					.anyMatch((granted) -> this.name.equals(granted.getAuthority()));
	}

}
