//! The one table of deeds: everything a hand can do here, with name, keys, scope, danger and a sentence.
//!
//! Keymap, footer, help, palette, the search screen's tasks and the README's key table are all read from it. A screen
//! says which deeds it offers; it never names a key.

/// A kind of thing that deeds are done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The account itself.
    Account,
    /// A user.
    User,
    /// A user group.
    Group,
    /// A role.
    Role,
    /// A managed policy.
    Policy,
    /// An access key.
    Key,
    /// An identity provider.
    Provider,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Account, Self::User, Self::Group, Self::Role, Self::Policy, Self::Key, Self::Provider];

    /// The word of the IAM console, singular.
    pub fn word(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::User => "user",
            Self::Group => "user group",
            Self::Role => "role",
            Self::Policy => "policy",
            Self::Key => "access key",
            Self::Provider => "identity provider",
        }
    }

    /// The word for several.
    pub fn words(self) -> &'static str {
        match self {
            Self::Account => "accounts",
            Self::User => "users",
            Self::Group => "user groups",
            Self::Role => "roles",
            Self::Policy => "policies",
            Self::Key => "access keys",
            Self::Provider => "identity providers",
        }
    }
}

/// How much a deed changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Danger {
    /// Nothing but the screen.
    Look,
    /// The account; the change can be taken back.
    Change,
    /// The account; what goes does not come back as it was.
    Destroy,
}

/// Where a deed is at home; help and README group by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Moving about in a list or a text.
    Move,
    /// Looking at what is there.
    Look,
    /// Going somewhere else.
    Go,
    /// Doing something to the things shown.
    Do,
    /// In forms and dialogs.
    Form,
    /// In the policy editor.
    Editor,
}

impl Scope {
    /// Every scope, in reading order.
    pub const ALL: [Self; 6] = [Self::Move, Self::Look, Self::Go, Self::Do, Self::Form, Self::Editor];

    /// The heading in help and README.
    pub fn title(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Look => "Look",
            Self::Go => "Go",
            Self::Do => "Do",
            Self::Form => "Forms and dialogs",
            Self::Editor => "Policy editor",
        }
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Which deed.
    pub deed: Deed,
    /// Its name in configuration files, as `half-down`.
    pub id: &'static str,
    /// Its short name in footer and palette.
    pub name: &'static str,
    /// Its keys, the one that hints show first.
    pub keys: &'static [&'static str],
    /// Where it is at home.
    pub scope: Scope,
    /// How much it changes.
    pub danger: Danger,
    /// The kinds it makes or changes, each a task to search for: verb and kind make the phrase.
    pub kinds: &'static [Kind],
    /// What it does, in one sentence.
    pub says: &'static str,
}

/// Name, id, keys, scope, danger, kinds, sentence: one row a deed.
macro_rules! deeds {
    ($($deed:ident $id:literal $name:literal [$($key:literal)*] $scope:ident $danger:ident [$($kind:ident)*] $says:literal;)*) => {
        /// Something a hand can do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Deed { $(#[doc = $says] $deed,)* }

        /// The table.
        pub static TABLE: &[Entry] = &[$(Entry {
            deed: Deed::$deed, id: $id, name: $name, keys: &[$($key),*], scope: Scope::$scope,
            danger: Danger::$danger, kinds: &[$(Kind::$kind),*], says: $says,
        },)*];
    };
}

deeds! {
    Down "down" "down" ["down" "j"] Move Look [] "Select the next row.";
    Up "up" "up" ["up" "k"] Move Look [] "Select the row before.";
    PageDown "page-down" "page down" ["pgdn" "ctrl-f"] Move Look [] "Go one page down.";
    PageUp "page-up" "page up" ["pgup" "ctrl-b"] Move Look [] "Go one page up.";
    HalfDown "half-down" "half a page down" ["ctrl-d"] Move Look [] "Go half a page down.";
    HalfUp "half-up" "half a page up" ["ctrl-u"] Move Look [] "Go half a page up.";
    Top "top" "first row" ["g" "home"] Move Look [] "Select the first row.";
    Bottom "bottom" "last row" ["G" "end"] Move Look [] "Select the last row.";
    NextTab "next-tab" "next tab" ["tab" "right" "l"] Move Look [] "Show the next tab, or the next pane.";
    PrevTab "prev-tab" "previous tab" ["shift-tab" "left" "h"] Move Look [] "Show the tab before, or the pane before.";

    Open "open" "open" ["enter"] Look Look [] "Open what is selected: go to the thing it names.";
    Filter "filter" "filter" ["/"] Look Look [] "Show only rows that have what you type in them.";
    Sort "sort" "sort" ["o"] Look Look [] "Sort by the next column.";
    Reverse "reverse" "reverse" ["O"] Look Look [] "Turn the order round.";
    Which "which" "which" ["f"] Look Look [] "Show others of the kind: yours, all, those that AWS manages.";
    Preview "preview" "preview" ["p"] Look Look [] "Show what is selected beside the list, where the window is wide; or no longer.";
    Wide "wide" "wide" ["w"] Look Look [] "Show every column over the whole width, or only those chosen.";
    Columns "columns" "columns" [","] Look Look [] "Choose which columns are shown, and in which order.";
    Refresh "refresh" "refresh" ["r" "ctrl-r"] Look Look [] "Read again what is shown.";
    Copy "copy" "copy" ["y"] Look Look [User Group Role Policy Key Provider] "Copy name, ARN, id, JSON or the aws command to the clipboard.";
    Simulate "simulate" "simulate" ["E"] Look Look [User Group Role Policy] "Ask whether a principal may do something, and why.";
    WhoCan "who-can" "who can" ["W"] Look Look [User Group Role Policy] "Ask who can do something, and through which policies.";
    Can "can" "what it can do" ["c"] Look Look [User Group Role Policy] "Show services, access levels, resources and conditions, as the policy summary does.";
    OtherFace "other-face" "other question" ["ctrl-t"] Look Look [] "Turn from one of these questions to the next.";
    LastAccessed "last-accessed" "ask for last use" ["A"] Look Look [] "Ask the endpoint which services and actions each user and role used; it takes a few calls for each.";
    Help "help" "all keys" ["?" "f1"] Look Look [] "Search all keys, and run the one you choose.";
    Log "log" "messages" ["M"] Look Look [] "Show what was said and what failed since the start.";

    Back "back" "back" ["esc"] Go Look [] "Go back to where you came from; never out of the program.";
    LastPlace "last-place" "last place" ["-"] Go Look [] "Go back and forth between the last two places.";
    Earlier "earlier" "earlier place" ["["] Go Look [] "Go to the place before this one in your history.";
    Later "later" "later place" ["]"] Go Look [] "Go forward again in your history.";
    Bookmarks "bookmarks" "bookmarks" ["'"] Go Look [] "Go to a bookmark, keep this place as one, or drop it.";
    Search "search" "search" ["s" "ctrl-k"] Go Look [] "Search users, groups, roles, policies, keys and tasks.";
    Palette "palette" "commands" [":"] Go Look [] "Choose a command by typing a part of its name.";
    Dashboard "dashboard" "dashboard" ["1"] Go Look [] "Show the account: counts, quotas, recommendations.";
    Users "users" "users" ["2"] Go Look [] "Show the users.";
    Groups "groups" "user groups" ["3"] Go Look [] "Show the user groups.";
    Roles "roles" "roles" ["4"] Go Look [] "Show the roles.";
    Policies "policies" "policies" ["5"] Go Look [] "Show the managed policies.";
    Keys "keys" "access keys" ["6"] Go Look [] "Show the access keys of all users.";
    Providers "providers" "identity providers" ["7"] Go Look [] "Show the identity providers: OpenID Connect and SAML.";
    Findings "findings" "findings" ["F"] Go Look [] "Show who gets in from outside, who could get more rights, what nobody uses.";
    Suspend "suspend" "suspend" ["ctrl-z"] Go Look [] "Stop tiam and return to the shell; `fg` goes on.";
    Quit "quit" "quit" ["q" "ctrl-c"] Go Look [] "End tiam. Changes under way are finished first.";

    New "new" "create" ["n"] Do Change [User Group Role Policy Key Provider] "Create one more of what is shown.";
    Edit "edit" "edit" ["e"] Do Change [User Group Role Policy] "Change what is selected: name, path or description; a document opens in the editor.";
    Members "members" "add users to" ["U"] Do Change [] "Add users to the group.";
    Add "add" "attach or add" ["a"] Do Change [User Group Role Policy] "Attach a policy, or add to a group.";
    Remove "remove" "detach or remove" ["x"] Do Change [User Group Role Policy] "Detach a policy, or remove from a group.";
    Delete "delete" "delete" ["d"] Do Destroy [User Group Role Policy Key Provider] "Delete what is selected, with everything that has to go with it, after asking.";
    Tags "tags" "manage tags of" ["t"] Do Change [User Role Policy Provider] "Change the tags.";
    Boundary "boundary" "set permissions boundary of" ["b"] Do Change [User Role] "Set or remove the permissions boundary.";
    Password "password" "manage password of" ["P"] Do Change [User] "Set, change or remove the console password.";
    Trust "trust" "edit trust policy of" ["T"] Do Change [Role] "Edit who may assume the role.";
    Toggle "toggle" "activate or deactivate" ["i"] Do Change [Key] "Make the access key or other credential inactive, or active again.";
    Resync "resync" "resync" ["S"] Do Change [] "Bring an MFA device that lost the beat back into step, with two codes.";
    Reset "reset" "reset" ["R"] Do Change [] "Give a service-specific credential a new password.";
    MakeDefault "make-default" "set default version of" ["m"] Do Change [Policy] "Make the selected version the one in force.";
    Mark "mark" "mark" ["space"] Do Look [] "Mark the row; a deed is done to all marked rows.";
    Range "range" "mark range" ["v"] Do Look [] "Mark from here to where you go; the same key ends it.";
    MarkAll "mark-all" "mark all" ["*"] Do Look [] "Mark every row that the filter leaves, also those not on the screen, or none.";

    NextField "next-field" "next field" ["tab" "down"] Form Look [] "Go to the next field.";
    PrevField "prev-field" "field before" ["shift-tab" "up"] Form Look [] "Go to the field before.";
    MoveUp "move-up" "move up" ["ctrl-up" "ctrl-p"] Form Look [] "Move what is selected one place up.";
    MoveDown "move-down" "move down" ["ctrl-down" "ctrl-n"] Form Look [] "Move what is selected one place down.";
    Submit "submit" "save" ["ctrl-s"] Form Change [] "Do what the form says.";
    Choose "choose" "choose" ["enter"] Form Look [] "Take what is selected.";
    Keep "keep" "keep" ["esc"] Form Look [] "Leave everything as it is.";
    SaveFile "save-file" "save to file" ["ctrl-o"] Form Change [] "Save to a file that only you can read.";
    CopySecret "copy-secret" "copy" ["ctrl-y"] Form Look [] "Copy to the clipboard.";

    Review "review" "review and save" ["ctrl-s"] Editor Change [] "Show what will change, and save it with one more key.";
    Leave "leave" "leave" ["esc"] Editor Look [] "Leave the editor; asks when something would be lost.";
    Undo "undo" "undo" ["ctrl-z" "alt-u"] Editor Look [] "Take the last change back.";
    Redo "redo" "redo" ["ctrl-y" "alt-e"] Editor Look [] "Make the change again.";
    Find "find" "find" ["ctrl-f"] Editor Look [] "Search in the text.";
    FindNext "find-next" "next match" ["ctrl-g" "f3"] Editor Look [] "Go to the next match.";
    NextProblem "next-problem" "next problem" ["f8" "ctrl-n"] Editor Look [] "Go to the next problem.";
    Complete "complete" "complete" ["ctrl-space" "alt-c"] Editor Look [] "Offer what may stand at the cursor: actions, ARNs, condition keys, values.";
    Fix "fix" "repair" ["f4" "alt-enter"] Editor Look [] "Make the repair that the problem at the cursor offers.";
    Impact "impact" "permission changes" ["alt-p" "f10"] Editor Look [] "List what the change newly allows and denies, and for whom.";
    Problems "problems" "problems" ["f7" "alt-n"] Editor Look [] "List all problems; choose one to go there.";
    Build "build" "build statement" ["f2" "alt-b"] Editor Look [] "Build the statement at the cursor: service, access levels, actions, resources, conditions.";
    Insert "insert" "insert statement" ["f6" "alt-i"] Editor Look [] "Insert a statement from a list; tab goes through what is to be filled in.";
    ImportPolicy "import-policy" "import policy" ["alt-m"] Editor Look [] "Add the statements of a policy that AWS manages.";
    Fold "fold" "fold" ["f9" "alt-z"] Editor Look [] "Fold the statement at the cursor to one line, or open it.";
    Format "format" "format" ["alt-f" "f5"] Editor Look [] "Lay the document out afresh.";
    External "external" "$EDITOR" ["ctrl-e"] Editor Look [] "Edit the text in $EDITOR; it comes back whatever happens.";
}

impl Deed {
    /// Whether it asks a question of the account.
    pub fn is_question(self) -> bool {
        matches!(self, Self::Simulate | Self::WhoCan | Self::Can)
    }

    /// The deed's row.
    pub fn entry(self) -> &'static Entry {
        // The table has a row for every deed by construction.
        TABLE.iter().find(|entry| entry.deed == self).unwrap_or(&FALLBACK)
    }
}

/// Never met: the macro writes deed and row together.
static FALLBACK: Entry = Entry {
    deed: Deed::Help,
    id: "",
    name: "",
    keys: &[],
    scope: Scope::Look,
    danger: Danger::Look,
    kinds: &[],
    says: "",
};

/// The table as the README shows it, in Markdown.
pub fn markdown() -> String {
    let row = |entry: &Entry| {
        let keys: Vec<String> = entry.keys.iter().map(|key| format!("`{key}`")).collect();
        format!("| {} | {} | {} |", keys.join(" "), entry.name, entry.says)
    };
    let part = |scope: Scope| {
        let rows: Vec<String> = TABLE.iter().filter(|entry| entry.scope == scope).map(row).collect();
        format!("### {}\n\n| keys | | |\n|---|---|---|\n{}\n", scope.title(), rows.join("\n"))
    };
    Scope::ALL.map(part).join("\n")
}

/// A deed that a screen offers now, under the name that fits there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The deed.
    pub deed: Deed,
    /// Its name here, as `add to group`.
    pub name: String,
}

impl Offer {
    /// The deed under a name that says what it does here.
    pub fn new(deed: Deed, name: impl Into<String>) -> Self {
        Self { deed, name: name.into() }
    }
}

impl From<Deed> for Offer {
    fn from(deed: Deed) -> Self {
        Self::new(deed, deed.entry().name)
    }
}

/// Something to do by name from anywhere: a deed on a kind, as `create user`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Task {
    /// What to do.
    pub deed: Deed,
    /// To what.
    pub kind: Kind,
}

impl Task {
    /// Every task of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        let changes = TABLE.iter().filter(|entry| entry.danger != Danger::Look || entry.deed.is_question());
        changes.flat_map(|entry| entry.kinds.iter().map(|kind| Self { deed: entry.deed, kind: *kind }))
    }

    /// The words for it, as the IAM console's search has them.
    pub fn phrase(self) -> String {
        match (self.deed, self.kind) {
            (Deed::New, Kind::Policy) => "create managed policy".to_owned(),
            (Deed::Add, Kind::User) => "add user to groups".to_owned(),
            (Deed::Add, Kind::Group | Kind::Role) => format!("attach policy to {}", self.kind.word()),
            (Deed::Add, Kind::Policy) => "attach entities to policy".to_owned(),
            (Deed::Remove, Kind::User) => "remove user from groups".to_owned(),
            (Deed::Remove, Kind::Group | Kind::Role) => format!("detach policy from {}", self.kind.word()),
            (Deed::Remove, Kind::Policy) => "detach entities from policy".to_owned(),
            (Deed::WhoCan, kind) => format!("who can act on {}", kind.word()),
            (Deed::Can, kind) => format!("what {} can do", kind.word()),
            (deed, kind) => format!("{} {}", deed.entry().name, kind.word()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Danger, Deed, Scope, TABLE, Task};
    use crate::console::key::Key;

    #[test]
    fn every_key_can_be_read_and_is_bound_once_where_it_counts() {
        let mut seen = HashSet::new();
        for entry in TABLE {
            assert!(!entry.keys.is_empty(), "{} has no key", entry.id);
            for name in entry.keys {
                let key: Key = name.parse().unwrap_or_else(|error| panic!("{}: {error}", entry.id));
                let part = match entry.scope {
                    Scope::Form => 1,
                    Scope::Editor => 2,
                    _ => 0,
                };
                assert!(seen.insert((part, key)), "{name} is bound twice, again for {}", entry.id);
            }
        }
    }

    #[test]
    fn ids_are_unique_and_sentences_end() {
        let ids: HashSet<_> = TABLE.iter().map(|entry| entry.id).collect();
        assert_eq!(ids.len(), TABLE.len());
        assert!(TABLE.iter().all(|entry| entry.says.ends_with('.') && entry.deed.entry().id == entry.id));
    }

    #[test]
    fn nothing_destructive_sits_on_a_moving_key() {
        for entry in TABLE.iter().filter(|entry| entry.danger == Danger::Destroy) {
            for key in ["ctrl-d", "ctrl-u", "ctrl-k", "ctrl-w", "x", "space", "enter"] {
                assert!(!entry.keys.contains(&key), "{} on {key}", entry.id);
            }
        }
    }

    #[test]
    fn tasks_have_the_words_of_the_search_page() {
        let phrases: Vec<String> = Task::all().map(Task::phrase).collect();
        for phrase in
            ["create user", "create managed policy", "attach policy to role", "delete user group", "add user to groups"]
        {
            assert!(phrases.iter().any(|p| p == phrase), "{phrase}");
        }
        assert!(Task::all().all(|task| task.deed != Deed::Copy));
    }
}
