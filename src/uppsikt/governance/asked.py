"""What many pages ask: words to look for. A text with a null in it is no words."""

from django import forms


class SearchForm(forms.Form):
    """Words to look for."""

    q = forms.CharField(required=False, max_length=200)

    @property
    def words(self) -> str:
        """Return what was written, or "" when it cannot be looked for."""
        return str(self.cleaned_data["q"]) if self.is_valid() else ""
